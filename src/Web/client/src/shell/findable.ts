import type { SpotlightActionData } from '@mantine/spotlight'

/** An entry of the palette. The palette searches its label, its description and its keywords. */
export type Findable = Required<Pick<SpotlightActionData, 'id' | 'label' | 'onClick'>> &
  Pick<SpotlightActionData, 'description' | 'keywords' | 'group' | 'leftSection'>

export type Source = () => Findable[]
