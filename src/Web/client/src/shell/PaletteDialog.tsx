import { Spotlight, spotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useReader } from '../i18n'
import type { Findable, Source } from './findable'

interface Props {
  readonly sources: readonly Source[]
  /** True after somebody asked for the palette, perhaps before it had loaded. The palette opens and calls `onOpened`. */
  readonly asked: boolean
  readonly onOpened: () => void
}

export default function PaletteDialog({ sources, asked, onOpened }: Props) {
  const { t } = useReader()
  const [actions, setActions] = useState<Findable[]>([])
  const open = useEffectEvent(() => {
    spotlight.open()
    onOpened()
  })
  useEffect(() => {
    if (asked) open()
  }, [asked])
  return (
    <Spotlight
      actions={actions}
      onSpotlightOpen={() => setActions(sources.flatMap((source) => source()))}
      limit={30}
      highlightQuery
      scrollable
      maxHeight={420}
      shortcut={null}
      transitionProps={{ duration: 80 }}
      attributes={{ content: { 'aria-label': t('shell.find') } }}
      nothingFound={t('shell.findNothing')}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('shell.find'), 'aria-label': t('shell.find') }}
    />
  )
}
