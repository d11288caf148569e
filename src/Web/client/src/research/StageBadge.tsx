import { Badge } from '@mantine/core'
import {
  IconBooks,
  IconBulb,
  IconChartBar,
  IconCircleCheck,
  IconCoins,
  IconFileDescription,
  IconScale,
  IconSignature,
  IconUsersPlus,
} from '@tabler/icons-react'
import { useReader } from '../i18n'
import type { Stage } from './wire'

const icons: Record<Stage, typeof IconBulb> = {
  idea: IconBulb,
  protocol: IconFileDescription,
  ethics: IconScale,
  agreements: IconSignature,
  funding: IconCoins,
  recruiting: IconUsersPlus,
  analysis: IconChartBar,
  published: IconBooks,
  closed: IconCircleCheck,
}

/** A stage as a word with its icon. */
export function StageBadge({ stage }: { stage: Stage }) {
  const { word } = useReader()
  const Icon = icons[stage]
  return (
    <Badge variant="default" tt="none" size="lg" leftSection={<Icon size={14} aria-hidden />} data-stage={stage}>
      {word('choices', `initiatives.stage.${stage}`)}
    </Badge>
  )
}
