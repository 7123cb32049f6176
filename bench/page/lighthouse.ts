/** What Lighthouse says, with its standard phone and its simulated slow network; the median of several runs. */
import lighthouse from 'lighthouse'
import { median, type Row } from './table.ts'

export interface LighthouseOptions {
  readonly debuggingPort: number
  readonly runs: number
}

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const budgets: Readonly<Record<(typeof categories)[number], number>> = {
  performance: 98,
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
}

export async function lighthouseRows(
  origin: string,
  pages: Readonly<Record<string, string>>,
  { debuggingPort: port, runs }: LighthouseOptions,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [name, path] of Object.entries(pages)) {
    const scores = new Map<string, number[]>(categories.map((category) => [category, []]))
    const faults = new Set<string>()
    for (let run = 0; run < runs; run++) {
      const result = await lighthouse(`${origin}${path}`, { port, logLevel: 'error', onlyCategories: [...categories] })
      if (!result) throw new Error(`Lighthouse gave nothing for ${path}`)
      for (const category of categories) {
        const { score, auditRefs = [] } = result.lhr.categories[category] ?? {}
        scores.get(category)?.push(Math.round((score ?? 0) * 100))
        for (const { id, weight } of auditRefs)
          if (weight > 0 && (result.lhr.audits[id]?.score ?? 1) < 0.9) faults.add(id)
      }
    }
    for (const category of categories) {
      const score = median(scores.get(category) ?? [])
      const least = budgets[category]
      const note = score < least ? [...faults].join(', ') : undefined
      rows.push({
        what: `${name}: Lighthouse ${category}`,
        value: String(score),
        budget: `>= ${least}`,
        met: score >= least,
        ...(note !== undefined && { note }),
      })
    }
  }
  return rows
}
