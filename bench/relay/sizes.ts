/** How much of everything: the whole run takes some minutes, the quick one under a minute. */
export interface Size {
  /** `warmUps` are not counted. */
  readonly writers: { writers: number; edits: number; warmUps: number; passes: number }
  readonly rooms: { warmUp: number; rooms: number; listings: number; restMs: number; passes: number }
  readonly fanOut: { readers: number; perSecond: number; updates: number; warmUps: number; passes: number }
  readonly slowReader: { readers: number; megabytes: number }
  readonly join: { readers: number; records: number; rounds: number }
  readonly fsyncs: { writers: number; edits: number }
}

export const full: Size = {
  writers: { writers: 400, edits: 30, warmUps: 3, passes: 5 },
  rooms: { warmUp: 5000, rooms: 5000, listings: 10, restMs: 6000, passes: 2 },
  fanOut: { readers: 200, perSecond: 100, updates: 200, warmUps: 1, passes: 3 },
  slowReader: { readers: 10, megabytes: 64 },
  join: { readers: 200, records: 1000, rounds: 3 },
  fsyncs: { writers: 20, edits: 20 },
}

export const quick: Size = {
  writers: { writers: 200, edits: 15, warmUps: 1, passes: 1 },
  rooms: { warmUp: 1000, rooms: 1000, listings: 10, restMs: 1000, passes: 1 },
  fanOut: { readers: 100, perSecond: 100, updates: 80, warmUps: 0, passes: 1 },
  slowReader: { readers: 4, megabytes: 16 },
  join: { readers: 50, records: 1000, rounds: 1 },
  fsyncs: { writers: 10, edits: 10 },
}
