import { Kbd, Modal, Table, Text } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useReader } from '../i18n'

/**
 * A key that a page uses. `key` has the value of `KeyboardEvent.key`, and `shown` is what the help prints. Without `run`, the key is only
 * listed in the help.
 */
export interface Key {
  readonly key: string
  readonly shown?: string
  readonly label: string
  readonly run?: () => void
}

interface Keys {
  readonly add: (keys: readonly Key[]) => () => void
  readonly open: () => void
}

const Context = createContext<Keys | null>(null)

/**
 * Elements that take letters themselves: fields for text, lists, dialogs and menus. A switch or a choice that was just clicked takes no
 * letters, so the page's keys still work there.
 */
const takesLetters = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu]'

/** Handles a page's keys while the page is shown, and lists them in the help under `?`. */
export function useKeys(keys: readonly Key[]) {
  const add = useContext(Context)?.add
  const names = keys.map((k) => k.key + k.label).join()
  const press = useEffectEvent((i: number) => keys[i]?.run?.())
  const register = useEffectEvent(() => add?.(keys.map((k, i) => (k.run ? { ...k, run: () => press(i) } : k))))
  // The keys are registered again only when their names change. `run` always calls the newest function.
  useEffect(() => register(), [add, names])
}

export const useHelp = () => useContext(Context)!.open

export function KeysProvider({ children }: { children: ReactNode }) {
  const { t } = useReader()
  const [opened, setOpened] = useState(false)
  const [sets, setSets] = useState<readonly (readonly Key[])[]>([])
  const add = useCallback((keys: readonly Key[]) => {
    setSets((known) => [...known, keys])
    return () => setSets((known) => known.filter((k) => k !== keys))
  }, [])
  const all = useMemo(() => sets.flat(), [sets])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      // The focused element handles a key first. An arrow key that moves a slider does nothing else.
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.closest(takesLetters)) return
      if (event.key === '?') setOpened(true)
      const key = all.find((k) => k.key === event.key && k.run)
      if (!key && event.key !== '?') return
      event.preventDefault()
      key?.run?.()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [all])
  const keys = useMemo(() => ({ add, open: () => setOpened(true) }), [add])
  const listed = [...all, { key: '?', label: t('shell.keys') }, { key: 'Ctrl K', label: t('shell.find') }]
  return (
    <Context.Provider value={keys}>
      {children}
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('shell.keys')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
        <Text size="sm" c="dimmed" mb="sm">
          {t('shell.keysHint')}
        </Text>
        <Table>
          <Table.Tbody>
            {listed.map((k) => (
              <Table.Tr key={k.key + k.label}>
                <Table.Td>
                  <Kbd>{('shown' in k && k.shown) || k.key}</Kbd>
                </Table.Td>
                <Table.Td>{k.label}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </Context.Provider>
  )
}
