import { useReader } from '../i18n'
import { useKeys } from '../shell/keys'

/** The actions of the keys of a board. `edit` is undefined if the viewer may not change the board. */
interface Acts {
  readonly edit: { readonly plan: () => void; readonly move: () => void; readonly reassign: () => void } | undefined
  readonly toToday: () => void
  readonly set: (change: { span: 'day' | 'week' }) => void
  readonly step: (by: -1 | 1) => void
  readonly toggleFeed: () => void
}

/** Handles the keys of a board. A wall display has no keys. */
export function useBoardKeys(wall: boolean, { edit, toToday, set, step, toggleFeed }: Acts) {
  const { t } = useReader()
  const walking = [
    { key: '← ↑ → ↓', label: t('board.keyWalk') },
    { key: 'Enter', label: t('board.keyOpen') },
  ]
  const editing = edit
    ? [
        { key: 'n', label: t('board.keyNew'), run: edit.plan },
        { key: 'm', label: t('board.keyMove'), run: edit.move },
        { key: 'r', label: t('board.keyReassign'), run: edit.reassign },
      ]
    : []
  const turning = [
    { key: 't', label: t('board.keyToday'), run: toToday },
    { key: 'd', label: t('board.keyDay'), run: () => set({ span: 'day' }) },
    { key: 'w', label: t('board.keyWeek'), run: () => set({ span: 'week' }) },
    { key: '[', label: t('board.keyPrevious'), run: () => step(-1) },
    { key: ']', label: t('board.keyNext'), run: () => step(1) },
    { key: 'a', label: t('board.keyFeed'), run: toggleFeed },
  ]
  useKeys(wall ? [] : [...walking, ...editing, ...turning])
}
