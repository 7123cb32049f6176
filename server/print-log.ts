/** What the publisher did since the start: prints, how long the last took, and failures with the reason of the last. */
export interface PrintCounts {
  readonly prints: number
  readonly failed: number
  /** Of the last print. */
  readonly lastMs: number
  readonly lastTokenised: number
  readonly fault: { readonly at: number; readonly reason: string } | undefined
}

export interface PrintLog {
  printed(ms: number, tokenised: number): void
  failed(at: number, reason: unknown): void
  counts(): PrintCounts
}

const mostReason = 200

export function createPrintLog(): PrintLog {
  let counts: PrintCounts = { prints: 0, failed: 0, lastMs: 0, lastTokenised: 0, fault: undefined }
  return {
    printed: (lastMs, lastTokenised) => void (counts = { ...counts, prints: counts.prints + 1, lastMs, lastTokenised }),
    failed(at, thrown) {
      const [line = ''] = String(thrown).split('\n', 1)
      counts = { ...counts, failed: counts.failed + 1, fault: { at, reason: line.slice(0, mostReason) } }
    },
    counts: () => counts,
  }
}
