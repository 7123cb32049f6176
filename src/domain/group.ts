/** The groups that results stand in, in the order they are shown. */
export const groups = ['listing', 'guide', 'notice', 'directory'] as const
export type Group = (typeof groups)[number]
