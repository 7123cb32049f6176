/** The icons a launcher may ask for; `full` ones may be cut to any shape. */
export const icons = [
  { name: '192', size: 192, shape: 'round' },
  { name: '512', size: 512, shape: 'round' },
  { name: 'maskable-192', size: 192, shape: 'full' },
  { name: 'maskable-512', size: 512, shape: 'full' },
  { name: 'touch', size: 180, shape: 'full' },
] as const
