import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useReader } from '../i18n'

/**
 * A long list in portions. The rest appears when the reader asks for more. Give this component a key that names the list, so that another
 * list begins at its first portion.
 */
export function Portions<T>({ of, each = 50, children }: { of: readonly T[]; each?: number; children: (part: readonly T[]) => ReactNode }) {
  const { t } = useReader()
  const [most, setMost] = useState(each)
  const left = of.length - most
  return (
    <>
      {children(of.slice(0, most))}
      {left > 0 && (
        <Button variant="default" data-do="more" my="sm" onClick={() => setMost(most + 2 * each)}>
          {t('conference.moreOf', { count: Math.min(left, 2 * each), left })}
        </Button>
      )}
    </>
  )
}
