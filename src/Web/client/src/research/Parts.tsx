import { Anchor, Badge, Text } from '@mantine/core'
import { IconCheck, IconHourglass, IconX } from '@tabler/icons-react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { doiAddress } from './doi'
import classes from './Research.module.css'
import { type Edit, Entry, Section } from './Section'
import type { When } from './useWhen'
import type { EthicsApproval, Initiative } from './wire'

interface Props {
  readonly initiative: Initiative
  readonly edit: Edit | undefined
  readonly names: NetworkNames
  readonly when: When
  readonly today: string
}

const signs: Record<EthicsApproval['state'], typeof IconCheck> = { asked: IconHourglass, granted: IconCheck, refused: IconX }

/** The ethics approvals, and the sites that have none. */
export function Approvals({ initiative, edit, names, when, today }: Props) {
  const { t, word } = useReader()
  const { approvals, profile } = initiative
  const missing = profile.sites.filter((site) => !approvals.some((approval) => approval.site === site))
  return (
    <Section table="approvals" edit={edit} empty={approvals.length === 0 && missing.length === 0}>
      <ul className={classes.entries}>
        {approvals.map((approval) => {
          const Icon = signs[approval.state]
          return (
            <Entry key={approval.id} table="approvals" id={approval.id} name={names.hospitalName(approval.site)} edit={edit}>
              <Text fw={600} dir="auto">
                {names.hospitalName(approval.site)}
              </Text>
              <Badge variant="default" tt="none" leftSection={<Icon size={12} aria-hidden />}>
                {word('choices', `approvals.state.${approval.state}`)}
              </Badge>
              <Text size="sm" c="dimmed">
                <bdi>{[approval.body, approval.reference].filter(Boolean).join(' · ')}</bdi>
              </Text>
              {approval.from && approval.to && (
                <Text size="sm">{t('research.valid', { from: when.day(approval.from), to: when.day(approval.to) })}</Text>
              )}
              {approval.to && approval.to < today && (
                <Text size="sm" c="var(--hub-warning)" fw={600}>
                  {t('research.lapsed')}
                </Text>
              )}
            </Entry>
          )
        })}
        {missing.map((site) => (
          <li key={site}>
            <Text size="sm" c="var(--hub-warning)">
              {t('research.noApproval', { site: names.hospitalName(site) })}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function Papers({ initiative, edit }: Pick<Props, 'initiative' | 'edit'>) {
  return (
    <Section table="papers" edit={edit} empty={initiative.papers.length === 0}>
      <ul className={classes.entries}>
        {initiative.papers.map(({ id, title, link, reference }) => (
          <Entry key={id} table="papers" id={id} name={title} edit={edit}>
            <Linked title={title} href={link} />
            {reference && <Text size="sm">{<bdi>{reference}</bdi>}</Text>}
          </Entry>
        ))}
      </ul>
    </Section>
  )
}

export function Outputs({ initiative, edit, when }: Pick<Props, 'initiative' | 'edit' | 'when'>) {
  const { word } = useReader()
  return (
    <Section table="outputs" edit={edit} empty={initiative.outputs.length === 0}>
      <ul className={classes.entries}>
        {initiative.outputs.map(({ id, kind, title, doi, reference, date }) => (
          <Entry key={id} table="outputs" id={id} name={title} edit={edit}>
            <Linked title={title} href={doi && doiAddress(doi)} />
            <Text size="sm" c="dimmed">
              {[
                word('choices', `outputs.kind.${kind}`),
                doi && `\u2066${doi}\u2069`,
                reference && `\u2068${reference}\u2069`,
                date && when.day(date),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Entry>
        ))}
      </ul>
    </Section>
  )
}

export function Resources({ initiative, edit, names }: Pick<Props, 'initiative' | 'edit' | 'names'>) {
  const { t, word, nameOf } = useReader()
  return (
    <Section table="resources" edit={edit} empty={initiative.resources.length === 0}>
      <ul className={classes.entries}>
        {initiative.resources.map(({ id, kind, name, hospital, partner, contact, conditions }) => {
          const by = hospital ? names.hospitalName(hospital) : nameOf(names.network?.partners.find((p) => p.id === partner)?.name)
          return (
            <Entry key={id} table="resources" id={id} name={nameOf(name)} edit={edit}>
              <Text fw={600} dir="auto">
                {nameOf(name)}
              </Text>
              <Text size="sm" c="dimmed">
                {word('choices', `resources.kind.${kind}`)} · {t('research.offeredBy', { name: by || (partner ?? '') })}
              </Text>
              <Text size="sm">{t('research.ask', { contact })}</Text>
              {conditions && (
                <Text size="sm" dir="auto">
                  {conditions}
                </Text>
              )}
            </Entry>
          )
        })}
      </ul>
    </Section>
  )
}

function Linked({ title, href }: { title: string; href: string | null | undefined }) {
  return href ? (
    <Anchor href={href} target="_blank" rel="noopener noreferrer" underline="always" dir="auto">
      {title}
    </Anchor>
  ) : (
    <Text fw={600} dir="auto">
      {title}
    </Text>
  )
}
