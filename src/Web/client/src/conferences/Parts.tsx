import { Fragment } from 'react'

/** Short facts in one line. Each fact is isolated, so that facts in different scripts keep their order. */
export function Parts({ of }: { of: readonly (string | false | null | undefined)[] }) {
  return of.filter(Boolean).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && ' · '}
      <bdi>{part}</bdi>
    </Fragment>
  ))
}
