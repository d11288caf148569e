/** The first part of an action's name, such as `roster` in `roster.plan`. */
const areaOf = (action: string) => action.split('.')[0]!

/** Groups things by the area of their actions. */
export function byArea<T>(things: readonly T[], actionOf: (thing: T) => string): readonly (readonly [string, readonly T[]])[] {
  const areas = new Map<string, T[]>()
  for (const thing of things) areas.set(areaOf(actionOf(thing)), [...(areas.get(areaOf(actionOf(thing))) ?? []), thing])
  return [...areas]
}
