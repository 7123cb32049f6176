/** How much may be sent of photos; 0 = no limit. One photo has at most what `domain/photo.ts` says, whatever is set here. */
export interface BlobLimits {
  /** Of one key in 24 hours. */
  readonly bytesPerKey: number
  /** Of one network in 24 hours: keys cost nothing. */
  readonly bytesPerNetwork: number
  /** Of all photos together that no listing names (yet). */
  readonly unnamedBytes: number
}

const mb = 1_000_000
export const standardBlobLimits: BlobLimits = {
  bytesPerKey: 40 * mb,
  bytesPerNetwork: 400 * mb,
  unnamedBytes: 1000 * mb,
}
export const noBlobLimits: BlobLimits = { bytesPerKey: 0, bytesPerNetwork: 0, unnamedBytes: 0 }

// prettier-ignore
export const blobVariables = {
  PHOTO_BYTES_PER_KEY:     'bytesPerKey',
  PHOTO_BYTES_PER_NETWORK: 'bytesPerNetwork',
  PHOTO_BYTES_UNNAMED:     'unnamedBytes',
} as const satisfies Record<string, keyof BlobLimits>
