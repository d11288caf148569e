/** Hands values on in the order of adding, also where some of them take time; those added before a reset are dropped. */
export class InOrder<T> {
  private last: Promise<void> | undefined
  private round = 0

  /** @param failed Hears that a value could not be made; what follows it is still handed on. */
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
