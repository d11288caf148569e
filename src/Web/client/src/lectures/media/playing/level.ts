/** A level as meters show it. It rises at once and falls slowly, so that an occasional look misses no beep. */
export const fading = (before: number, level: number) => Math.max(level, before * 0.9)
