import { Spotlight, spotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useReader } from '../i18n'
import { useKeys } from './keys'
import type { Findable, Source } from './findable'

export default function PaletteDialog({ sources }: { sources: readonly Source[] }) {
  const { t } = useReader()
  const [actions, setActions] = useState<Findable[]>([])
  useKeys([{ key: '/', label: t('shell.find'), run: spotlight.open }])
  return (
    <Spotlight
      actions={actions}
      onSpotlightOpen={() => setActions(sources.flatMap((source) => source()))}
      limit={30}
      highlightQuery
      scrollable
      maxHeight={420}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      transitionProps={{ duration: 80 }}
      attributes={{ content: { 'aria-label': t('shell.find') } }}
      nothingFound={t('shell.findNothing')}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('shell.find'), 'aria-label': t('shell.find') }}
    />
  )
}
