import { Switch, Tooltip } from '@mantine/core'
import { http } from '../api/http'
import type { Day } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'

/** Switches the demo's simulated day on and off. */
export function DemoDay() {
  const { t } = useReader()
  const { data, mutate } = useResource<Day>('/api/demo/day')
  if (!data) return null
  const set = async (running: boolean) => {
    await mutate({ running }, { revalidate: false })
    await http.put('/api/demo/day', { running }).catch(() => undefined)
    await mutate()
  }
  return (
    <Tooltip label={t('shell.demoDayHint')} multiline maw={260}>
      <Switch size="sm" label={t('shell.demoDay')} checked={data.running} onChange={(event) => void set(event.currentTarget.checked)} />
    </Tooltip>
  )
}
