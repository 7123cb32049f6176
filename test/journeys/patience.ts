/** For how long a journey waits for one thing. None says less of its own: a machine with other work does everything, later. */
export const patienceMs = 60_000
