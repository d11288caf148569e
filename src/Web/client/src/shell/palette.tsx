import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { IconSearch } from '@tabler/icons-react'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useReader } from '../i18n'

/** Something the palette finds: `keywords` are searched besides the label and the description. */
export type Findable = Required<Pick<SpotlightActionData, 'id' | 'label' | 'onClick'>> & Pick<SpotlightActionData, 'description' | 'keywords' | 'group' | 'leftSection'>

const Context = createContext<((source: () => Findable[]) => () => void) | null>(null)

/** What a page adds to the palette while it is shown. The list is made when the palette opens. */
export function usePalette(source: () => Findable[]) {
  const add = useContext(Context)
  useEffect(() => add?.(source), [add, source])
}

export function PaletteProvider({ children }: { children: ReactNode }) {
  const { t } = useReader()
  const [sources, setSources] = useState<readonly (() => Findable[])[]>([])
  const [actions, setActions] = useState<Findable[]>([])
  const [add] = useState(() => (source: () => Findable[]) => {
    setSources((known) => [...known, source])
    return () => setSources((known) => known.filter((s) => s !== source))
  })
  return (
    <Context.Provider value={add}>
      {children}
      <Spotlight actions={actions} onSpotlightOpen={() => setActions(sources.flatMap((source) => source()))} limit={30} highlightQuery scrollable maxHeight={420} shortcut={['mod + K', '/']}
        nothingFound={t('shell.findNothing')} searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('shell.find'), 'aria-label': t('shell.find') }} />
    </Context.Provider>
  )
}
