/** A QR code's dark modules as one path: a bar for each run in a row, a unit a module. */
export const barsOf = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .map((row, y) => {
      const runs = [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ]
      return runs.map(({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`).join('')
    })
    .join('')
