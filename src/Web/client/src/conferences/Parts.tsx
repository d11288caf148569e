import { Fragment } from 'react'

/** Short facts in one line. Each is isolated, so that mixed scripts keep their order. */
export function Parts({ of }: { of: readonly (string | false | null | undefined)[] }) {
  return of.filter(Boolean).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && ' · '}
      <bdi>{part}</bdi>
    </Fragment>
  ))
}
