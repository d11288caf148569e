/**
 * The loudness as the stage tells it to measurements. It rises at once and falls slowly, so that a test that reads it only now and then
 * misses no short sound.
 */
export const fading = (before: number, level: number) => Math.max(level, before * 0.9)
