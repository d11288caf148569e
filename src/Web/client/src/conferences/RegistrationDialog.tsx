import { Button, Group, Modal, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import type { SelfRegistration } from '../api/schema'
import { CopyField } from '../commands/CopyField'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { DateTimeField } from '../time/DateTimeField'
import { instantOf, localOf, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { useHubAddress } from '../viewer/useViewer'
import type { ConferenceHead } from './programme'

const mostPeople = 20_000

/** Sets whether, until when and how many people may register themselves for a conference, and shows the address to share. */
export default function RegistrationDialog({ head, close }: { head: ConferenceHead; close: () => void }) {
  const { t, locale } = useReader()
  const hub = useHubAddress()
  const now = useNow()
  const at = `/api/conferences/${head.id}`
  const [allowed, setAllowed] = useState(head.selfRegistration)
  const [until, setUntil] = useState(() => (head.registrationUntil ? localOf(head.registrationUntil, head.timeZone) : ''))
  const [most, setMost] = useState<number | ''>(head.mostRegistrations ?? '')
  const [saved, setSaved] = useState(false)
  const save = useCommand(
    (input: SelfRegistration) => http.put(`${at}/registration`, input),
    () => setSaved(true),
  )
  const publish = useCommand(() => http.put(`${at}/public`, { public: true }))
  const edit =
    <T,>(set: (value: T) => void) =>
    (value: T) => (setSaved(false), save.clear(), set(value))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run({
      open: allowed,
      until: until ? new Date(instantOf(until, head.timeZone)).toISOString() : null,
      most: most === '' ? null : most,
    })
  }
  const over = head.registrationUntil && Date.parse(head.registrationUntil) <= now
  const full = head.mostRegistrations && head.registered >= head.mostRegistrations
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      title={t('registration.manage')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={submit} data-registration>
        <Stack gap="sm">
          <Text size="sm">{t('registration.about')}</Text>
          <Switch
            label={t('registration.allow')}
            checked={allowed}
            onChange={(e) => edit(setAllowed)(e.currentTarget.checked)}
            data-autofocus
          />
          {allowed && (
            <>
              <DateTimeField
                step={30}
                label={t('registration.until')}
                description={t('board.zoneHint', { zone: zoneCity(head.timeZone, locale) })}
                value={until}
                onChange={edit(setUntil)}
              />
              <NumberInput
                label={t('registration.most')}
                min={1}
                max={mostPeople}
                allowDecimal={false}
                allowNegative={false}
                value={most}
                onChange={(value) => edit(setMost)(typeof value === 'number' ? value : '')}
              />
            </>
          )}
          {(head.selfRegistration || head.registered > 0) && (
            <Text size="sm" data-registered={head.registered}>
              {t('registration.so', { count: head.registered })}{' '}
              {head.selfRegistration && (over ? t('registration.overNow') : full ? t('registration.fullNow') : '')}
            </Text>
          )}
          {allowed && !head.public && (
            <Notice kind="warning" role="status">
              <Stack gap="xs" align="flex-start">
                {t('registration.notPublic')}
                <Button size="xs" variant="default" loading={publish.busy} onClick={() => void publish.run()}>
                  {t('open.open')}
                </Button>
              </Stack>
            </Notice>
          )}
          {head.selfRegistration && head.public && (
            <CopyField
              label={t('registration.address')}
              description={t('registration.addressHint')}
              value={`${hub}/public/${head.id}/register`}
              data-address
            />
          )}
          <ProblemNotice problem={save.problem ?? publish.problem} />
          <Group justify="flex-end">
            {saved && (
              <Text size="sm" role="status" me="auto">
                {t('registration.saved')}
              </Text>
            )}
            <Button variant="default" onClick={close}>
              {t('shell.close')}
            </Button>
            <Button type="submit" loading={save.busy}>
              {t('shell.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
