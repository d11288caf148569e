/** A level as meters show it: up at once, down little by little, so that who looks now and then misses no beep. */
export const fading = (before: number, level: number) => Math.max(level, before * 0.9)
