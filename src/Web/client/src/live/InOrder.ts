/**
 * Hands values on in the order in which they were added, even if some values take time to make. Values added before a reset are dropped.
 */
export class InOrder<T> {
  private last: Promise<void> | undefined
  private round = 0

  /** @param failed Called when a value could not be made. Later values are still handed on. */
  constructor(
    private readonly take: (value: T) => void,
    private readonly failed: () => void,
  ) {}

  add(value: T | Promise<T>) {
    if (!this.last && !(value instanceof Promise)) return this.take(value)
    const { round, last } = this
    const made = Promise.allSettled([value, last])
    const done: Promise<void> = made.then(([outcome]) => {
      if (this.last === done) this.last = undefined
      if (round !== this.round) return
      if (outcome.status === 'fulfilled') this.take(outcome.value)
      else this.failed()
    })
    this.last = done
  }

  reset() {
    this.round++
  }
}
