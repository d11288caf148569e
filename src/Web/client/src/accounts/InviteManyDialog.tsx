import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { http } from '../api/http'
import { Notice } from '../commands/Notice'
import { useReader } from '../i18n'
import { useMail } from '../viewer/useMail'
import { useHubAddress } from '../viewer/useViewer'
import { FormDialog } from './CommandForm'
import { csvOf } from './csv'
import { ResetFactors } from './ResetFactors'
import { useForm } from './useForm'
import type { Account, ManyLinks, PersonLink } from './wire'

interface Props {
  readonly people: readonly Account[]
  readonly close: () => void
  /** Called when links were made. */
  readonly done: () => void
}

/**
 * Makes new links for several people. They can also reset the second factors. The hub sends them by mail, or gives a table with all
 * links to hand over.
 */
export function InviteManyDialog({ people: chosen, close, done }: Props) {
  const { t } = useReader()
  // The page empties its choice when the links are made, so the dialog keeps its own copy.
  const [people] = useState(chosen)
  const mail = useMail()
  const [how, setHow] = useState<string>()
  const [resetsFactors, setResetsFactors] = useState(false)
  const [made, setMade] = useState<ManyLinks>()
  const byMail = !!mail && how !== 'file'
  const command = useForm(
    (more: { resetsFactors: boolean; byMail: boolean }) =>
      http.post<ManyLinks>('/api/invitations/many', { people: people.map((account) => account.person), ...more }),
    (answer) => (setMade(answer), done()),
  )
  return (
    <FormDialog
      title={t('mail.many')}
      size="lg"
      command={command}
      send={() => void command.run({ resetsFactors, byMail })}
      act={t(byMail ? 'mail.send' : 'mail.makeMany')}
      closeOnEscape={!made}
      close={close}
      outcome={made && <Outcome people={people} links={made.people} close={close} />}
      data-many
    >
      <Text>{t('mail.chosen', { count: people.length })}</Text>
      <Radio.Group label={t('mail.manyHow')} value={byMail ? 'mail' : 'file'} onChange={setHow}>
        <Stack gap="xs" mt="xs">
          <Radio value="mail" label={t('mail.byMail')} description={mail === false ? t('mail.byMailOff') : undefined} disabled={!mail} />
          <Radio value="file" label={t('mail.byFile')} />
        </Stack>
      </Radio.Group>
      <ResetFactors checked={resetsFactors} onChange={setResetsFactors} />
    </FormDialog>
  )
}

/** What became of each person's link. Links that are not mailed can be saved as a table. */
function Outcome({ people, links, close }: { people: readonly Account[]; links: readonly PersonLink[]; close: () => void }) {
  const { t, nameOf, word } = useReader()
  const hub = useHubAddress()
  const accountOf = (person: string) => people.find((account) => account.person === person)
  const ready = links.filter((link) => link.link)
  const mailed = links.filter((link) => link.outcome === 'mailed')
  const refused = links.filter((link) => link.outcome === 'refused')
  const table = () =>
    csvOf([
      [t('accounts.name'), t('shell.userName'), t('mail.columnEmail'), t('mail.columnLink'), t('mail.columnUntil')],
      ...ready.map(({ person, link, until }) => {
        const account = accountOf(person)
        return [nameOf(account?.name), account?.userName ?? '', account?.email ?? '', new URL(link!, `${hub}/`).href, until ?? '']
      }),
    ])
  return (
    <Stack gap="sm" data-outcome>
      <Stack gap={4} role="status">
        {mailed.length > 0 && <Text fw={600}>{t('mail.mailedMany', { count: mailed.length })}</Text>}
        {ready.length > 0 && <Text fw={600}>{t('mail.linksMany', { count: ready.length })}</Text>}
      </Stack>
      {ready.length > 0 && (
        <>
          <Notice kind="warning">{t('mail.linksOnce')}</Notice>
          <Group>
            <Button
              component="a"
              href={`data:text/csv;charset=utf-8,${encodeURIComponent(table())}`}
              download="consult-hub-links.csv"
              leftSection={<IconDownload size={18} aria-hidden />}
              data-save
            >
              {t('mail.save')}
            </Button>
          </Group>
        </>
      )}
      {refused.length > 0 && (
        <Notice kind="refusal" role="alert" title={t('mail.refusedMany', { count: refused.length })}>
          <ul style={{ margin: 0, paddingInlineStart: '1.2em', maxHeight: '14rem', overflowY: 'auto' }} tabIndex={0}>
            {[...new Set(refused.map((link) => link.code ?? ''))].map((code) => (
              <li key={code}>
                {word('findings', code)}
                <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
                  {refused
                    .filter((link) => (link.code ?? '') === code)
                    .map(({ person }) => (
                      <li key={person}>
                        <bdi>{nameOf(accountOf(person)?.name) || person}</bdi>
                      </li>
                    ))}
                </ul>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Group justify="flex-end">
        <Button variant={ready.length > 0 ? 'default' : 'filled'} onClick={close}>
          {t('shell.close')}
        </Button>
      </Group>
    </Stack>
  )
}
