import { ActionIcon, Button, CloseButton, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconLayoutSidebarRight, IconPlus, IconSearch } from '@tabler/icons-react'
import { memo } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { shortDate } from '../time/format'
import classes from './Board.module.css'
import { kindIcons } from './look'
import type { BoardView, Only } from './view'

/** Gives the focus back to the page after a choice, so that the page's keys work. Tab goes on from the same place. */
const letGo = () => (document.activeElement as HTMLElement | null)?.blur()

interface Props {
  readonly view: BoardView
  readonly week: string
  readonly names: NetworkNames
  readonly narrow: boolean
  readonly set: (change: Partial<BoardView>) => void
  readonly step: (by: -1 | 1) => void
  readonly today: () => void
}

/** The choice of week or day: in the top bar, or below it on a phone. */
export const Period = memo(function Period({ view, week, narrow, set, step, today }: Props) {
  const { t, locale } = useReader()
  const day = view.span === 'day' || narrow
  return (
    <Group gap={6} wrap="nowrap">
      <ActionIcon variant="default" onClick={() => step(-1)} aria-label={t(day ? 'board.previousDay' : 'board.previousWeek')}>
        <IconChevronLeft size={18} className="mantine-rotate-rtl" />
      </ActionIcon>
      <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap', minInlineSize: '5.5rem', textAlign: 'center' }} aria-live="polite">
        {day ? shortDate(`${view.date}T12:00:00Z`, 'UTC', locale) : t('board.week', { week: week.slice(6) })}
      </Text>
      <ActionIcon variant="default" onClick={() => step(1)} aria-label={t(day ? 'board.nextDay' : 'board.nextWeek')}>
        <IconChevronRight size={18} className="mantine-rotate-rtl" />
      </ActionIcon>
      <Button size="compact-sm" variant="default" onClick={today}>
        {t('board.today')}
      </Button>
      {!narrow && (
        <SegmentedControl
          size="xs"
          aria-label={t('board.span')}
          data={[
            { value: 'day', label: t('board.day') },
            { value: 'week', label: t('board.wholeWeek') },
          ]}
          value={view.span}
          onChange={(v) => set({ span: v as BoardView['span'] })}
        />
      )}
    </Group>
  )
})

/** The filters of the board. */
export const Filters = memo(function Filters({
  view,
  names,
  narrow,
  set,
  count,
  create,
  feedShown,
  toggleFeed,
}: Props & { count: number; create: (() => void) | undefined; feedShown: boolean; toggleFeed: () => void }) {
  const { t, word } = useReader()
  const select = (
    label: string,
    all: string,
    value: string | null,
    data: { value: string; label: string }[],
    change: (value: string | null) => void,
  ) => (
    <Select
      size="xs"
      w={narrow ? 165 : 126}
      aria-label={label}
      placeholder={all}
      data={data}
      value={value}
      onChange={(next) => (change(next), letGo())}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('board.clear') }}
      nothingFoundMessage={t('shell.findNothing')}
    />
  )
  return (
    <div className={classes.filters} role="group" aria-label={t('board.filters')}>
      {!narrow && (
        <SegmentedControl
          size="xs"
          aria-label={t('board.by')}
          data={[
            { value: 'rooms', label: t('board.rooms') },
            { value: 'consultants', label: t('board.consultants') },
          ]}
          value={view.by}
          onChange={(v) => set({ by: v as BoardView['by'] })}
        />
      )}
      {select(
        t('board.hospital'),
        t('board.allHospitals'),
        view.hospital,
        names.hospitals.map((h) => ({ value: h.id, label: names.hospitalName(h.id) })),
        (hospital) => set({ hospital }),
      )}
      {select(
        t('board.specialty'),
        t('board.allSpecialties'),
        view.specialty,
        names.specialties.map((s) => ({ value: s.code, label: names.specialtyName(s.code) })),
        (specialty) => set({ specialty }),
      )}
      {!narrow &&
        select(
          t('board.kind'),
          t('board.allKinds'),
          view.kind,
          Object.keys(kindIcons).map((k) => ({ value: k, label: word('kinds', k) })),
          (kind) => set({ kind }),
        )}
      {!narrow &&
        select(
          t('board.status'),
          t('board.allStatuses'),
          view.status,
          ['planned', 'confirmed', 'inProgress', 'completed', 'cancelled', 'noShow'].map((s) => ({ value: s, label: word('statuses', s) })),
          (status) => set({ status }),
        )}
      <SegmentedControl
        size="xs"
        aria-label={t('board.only')}
        data={[
          { value: 'all', label: t('board.onlyAll') },
          { value: 'attention', label: t('board.onlyAttention') },
          { value: 'pending', label: t('board.onlyPending') },
        ]}
        value={view.only}
        onChange={(v) => set({ only: v as Only })}
      />
      <TextInput
        size="xs"
        w={120}
        aria-label={t('board.search')}
        placeholder={t('board.search')}
        leftSection={<IconSearch size={14} />}
        value={view.text}
        onChange={(e) => set({ text: e.currentTarget.value })}
        rightSection={view.text && <CloseButton size="xs" aria-label={t('board.clear')} onClick={() => set({ text: '' })} />}
      />
      <Text size="sm" c="dimmed" role="status">
        {t('board.shown', { count })}
      </Text>
      <Group gap={6} ms="auto" wrap="nowrap" className={classes.create}>
        {create && (
          <Button size="xs" leftSection={<IconPlus size={16} />} onClick={create}>
            {t('board.new')}
          </Button>
        )}
        {!narrow && (
          <ActionIcon
            variant={feedShown ? 'light' : 'default'}
            aria-label={t(feedShown ? 'board.hideActivity' : 'board.showActivity')}
            aria-pressed={feedShown}
            onClick={toggleFeed}
          >
            <IconLayoutSidebarRight size={18} />
          </ActionIcon>
        )}
      </Group>
    </div>
  )
})
