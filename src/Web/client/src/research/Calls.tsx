import { Badge, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconCheck, IconHourglass, IconListNumbers, IconSend, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { useNow } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { ProposalDialog } from './ProposalDialog'
import classes from './Research.module.css'
import { type Edit, Entry, Section } from './Section'
import { useInitiativeCommand } from './useInitiativeCommand'
import type { When } from './useWhen'
import type { Initiative, InnovationCall, InnovationProposal, Outcome } from './wire'

interface Props {
  readonly initiative: Initiative
  readonly edit: Edit | undefined
  readonly mayDecide: boolean
  readonly names: NetworkNames
  readonly when: When
  readonly changed: () => unknown
}

const outcomes: Record<Outcome, typeof IconCheck> = { accepted: IconCheck, declined: IconX, reserved: IconListNumbers }

/** The calls of an innovation programme, each with its proposals and what was decided about them. */
export function Calls({ initiative, edit, mayDecide, names, when, changed }: Props) {
  const { t, nameOf } = useReader()
  const now = useNow()
  const [proposing, setProposing] = useState<InnovationCall>()
  const { calls, proposals, profile } = initiative
  const stateOf = ({ opens, closes }: InnovationCall) => (now < Date.parse(opens) ? 'later' : now < Date.parse(closes) ? 'open' : 'over')
  return (
    <Section table="calls" edit={edit} empty={calls.length === 0}>
      <ul className={classes.entries}>
        {calls.map((call) => {
          const state = stateOf(call)
          const own = proposals.filter((proposal) => proposal.call === call.id)
          const period = {
            later: t('research.callLater', { when: when.at(call.opens) }),
            open: t('research.callOpen', { when: when.at(call.closes) }),
            over: t('research.callOver', { when: when.at(call.closes) }),
          }[state]
          return (
            <Entry key={call.id} table="calls" id={call.id} name={nameOf(call.title)} edit={edit}>
              <Text fw={600} dir="auto">
                {nameOf(call.title)}
              </Text>
              <Text size="sm" data-call-state={state}>
                {period}
              </Text>
              {call.budget && (
                <Text size="sm" dir="auto">
                  {call.budget}
                </Text>
              )}
              {state === 'open' && (
                <Button
                  mt="xs"
                  size="xs"
                  data-do="propose"
                  leftSection={<IconSend size={16} className="mantine-rotate-rtl" aria-hidden />}
                  onClick={() => setProposing(call)}
                >
                  {t('research.propose')}
                </Button>
              )}
              <Text size="sm" c="dimmed" mt="xs">
                {t('research.proposals', { count: own.length })}
              </Text>
              <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
                {own.map((proposal) => (
                  <Proposal key={proposal.id} {...{ initiative, proposal, mayDecide, names, when, changed }} />
                ))}
              </Stack>
            </Entry>
          )
        })}
      </ul>
      {proposing && (
        <ProposalDialog
          initiative={profile.id}
          call={proposing}
          close={() => setProposing(undefined)}
          sent={() => (setProposing(undefined), changed())}
        />
      )}
    </Section>
  )
}

interface ProposalProps extends Omit<Props, 'edit'> {
  readonly proposal: InnovationProposal
}

function Proposal({ initiative, proposal, mayDecide, names, when, changed }: ProposalProps) {
  const { t, word } = useReader()
  const own = useViewer().person === proposal.proposer
  const decision = initiative.decisions.find((each) => each.proposal === proposal.id)
  const command = useInitiativeCommand(initiative.profile.id, changed)
  const [chosen, choose] = useState<string | null>(null)
  const Icon = decision ? outcomes[decision.outcome] : IconHourglass
  return (
    <li data-proposal={proposal.id}>
      <Group gap="xs">
        <Text dir="auto" fw={600} size="sm">
          {proposal.title}
        </Text>
        <Badge variant="default" tt="none" leftSection={<Icon size={12} aria-hidden />}>
          {decision ? word('proposalOutcomes', decision.outcome) : t('research.undecided')}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {t('research.by', { name: names.personName(proposal.proposer), when: when.at(proposal.submitted) })}
      </Text>
      {decision && (
        <Text size="sm" c="dimmed">
          {t('research.decidedBy', { name: names.personName(decision.by), when: when.at(decision.at) })}
        </Text>
      )}
      {proposal.summary && (
        <Text size="sm" dir="auto">
          {proposal.summary}
        </Text>
      )}
      {mayDecide && own && <Text size="sm">{t('research.own')}</Text>}
      {mayDecide && !own && (
        <Group gap="xs" mt={4} align="flex-end">
          <Select
            size="xs"
            aria-label={`${t('research.outcome')}: ${proposal.title}`}
            placeholder={t('research.outcome')}
            data={(Object.keys(outcomes) as Outcome[]).map((value) => ({ value, label: word('proposalOutcomes', value) }))}
            value={chosen}
            onChange={choose}
          />
          <Button
            size="xs"
            variant="default"
            disabled={!chosen}
            loading={command.busy}
            onClick={() => void command.run({ type: 'decide', proposal: proposal.id, outcome: chosen as Outcome })}
          >
            {t('research.decide')}
          </Button>
        </Group>
      )}
      <ProblemNotice problem={command.problem} waiting={command.waiting} />
    </li>
  )
}
