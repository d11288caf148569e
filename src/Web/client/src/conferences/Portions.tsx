import { Button } from '@mantine/core'
import { type ReactNode, startTransition, useEffect, useState } from 'react'
import { useReader } from '../i18n'

/** How many items are drawn first. The other items of the first portion follow when the page has time. */
const few = 10

/**
 * A long list in portions. The next portion appears when the reader asks for more. Give this component a key that names the list, so that
 * another list begins at its first portion.
 */
export function Portions<T>({ of, each = 50, children }: { of: readonly T[]; each?: number; children: (part: readonly T[]) => ReactNode }) {
  const { t } = useReader()
  const [wanted, setMost] = useState(each)
  const [whole, setWhole] = useState(false)
  useEffect(() => startTransition(() => setWhole(true)), [])
  const left = of.length - wanted
  return (
    <>
      {children(of.slice(0, whole ? wanted : few))}
      {left > 0 && (
        <Button variant="default" data-do="more" my="sm" onClick={() => setMost(wanted + 2 * each)}>
          {t('conference.moreOf', { count: Math.min(left, 2 * each), left })}
        </Button>
      )}
    </>
  )
}
