/** Whatever two colours a town names, text on its shades stays readable (WCAG AA). */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contrastOf, tintsOf, townCss } from '#src/ui/tints.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

it('white on the sea and on the buoy, both on paper, and the night forms on night are readable', () => {
  fc.assert(
    fc.property(colour, colour, (sea, buoy) => {
      const tints = tintsOf({ sea, buoy })
      const pairs = [
        ['sea-600', '#ffffff'],
        ['buoy-500', '#ffffff'],
        ['buoy-600', '#f6f4ef'],
        ['sea-night', '#172028'],
        ['buoy-night', '#172028'],
      ] as const
      for (const [name, ground] of pairs)
        expect(contrastOf(tints[name] ?? '', ground), `${name} of ${sea} ${buoy}`).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

it('the sheet holds nothing but colours', () => {
  const lines = townCss({ sea: '#0c6291', buoy: '#d9431e' }).split('\n').slice(1, -2)
  expect(lines.length).toBeGreaterThan(8)
  for (const line of lines) expect(line).toMatch(/^ {2}--[a-z]+-[a-z0-9-]+: #[0-9a-f]{6};$/)
})
