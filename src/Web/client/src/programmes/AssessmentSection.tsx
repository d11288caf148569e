import { Button, Group, Paper, SegmentedControl, Select, SimpleGrid, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../accounts/CommandForm'
import { useForm } from '../accounts/useForm'
import { useReader } from '../i18n'
import type { useNetwork } from '../networks/useNetwork'
import { close, open, useOpened } from '../shell/opened'
import { datedDay } from '../time/format'
import { Section } from './Section'
import { logbookCommand, type LogbookView } from './wire'

const kinds = ['midTerm', 'final'] as const
const results = ['meets', 'needsWork', 'doesNotMeet'] as const

interface Props {
  readonly view: LogbookView
  readonly names: ReturnType<typeof useNetwork>
}

/** The mid-term and the final assessment. Their comments stand in the history. */
export function AssessmentSection({ view, names }: Props) {
  const { t, word, locale } = useReader()
  const opened = useOpened('dialog')
  return (
    <Section id="assessments" title={t('logbook.assessments')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {kinds.map((kind) => {
          const assessment = view.assessments.find((one) => one.kind === kind)
          return (
            <Paper key={kind} withBorder p="sm" radius="md" data-assessment={kind}>
              <Text fw={600}>{word('assessmentKinds', kind)}</Text>
              <Text>{assessment ? word('assessmentResults', assessment.result) : t('logbook.notAssessed')}</Text>
              {assessment && (
                <Text size="xs" c="dimmed">
                  {t('logbook.judgedBy', { name: names.personName(assessment.by), when: datedDay(assessment.at, names.zone, locale) })}
                </Text>
              )}
            </Paper>
          )
        })}
      </SimpleGrid>
      {view.mayJudge && (
        <Group mt="xs">
          <Button variant="default" data-do="assess" onClick={() => open('dialog', 'assess')}>
            {t('logbook.assess')}
          </Button>
        </Group>
      )}
      {opened === 'assess' && view.mayJudge && <AssessDialog view={view} />}
    </Section>
  )
}

function AssessDialog({ view }: { view: LogbookView }) {
  const { t, word } = useReader()
  const [kind, setKind] = useState<(typeof kinds)[number]>(view.assessments.some((a) => a.kind === 'midTerm') ? 'final' : 'midTerm')
  const [result, setResult] = useState<string | null>(null)
  const [comment, setComment] = useState('')
  const form = useForm(logbookCommand(view.programme.id, view.cohort.id, view.person), () => close('dialog'), ['reason', 'result'])
  const chosen = results.find((one) => one === result)
  return (
    <FormDialog
      title={t('logbook.assess')}
      command={form}
      send={() => chosen && void form.run({ type: 'assess', kind, result: chosen, seen: view.version, reason: comment.trim() })}
      act={t('logbook.assess')}
      disabled={!chosen || !comment.trim()}
      close={() => close('dialog')}
    >
      <SegmentedControl
        aria-label={t('logbook.assessments')}
        value={kind}
        onChange={(value) => setKind(kinds.find((one) => one === value)!)}
        data={kinds.map((one) => ({ value: one, label: word('assessmentKinds', one) }))}
      />
      <Select
        name="result"
        label={t('logbook.result')}
        required
        value={result}
        onChange={setResult}
        error={form.at('result')}
        data={results.map((one) => ({ value: one, label: word('assessmentResults', one) }))}
      />
      <Textarea
        name="reason"
        label={t('programmes.comment')}
        description={t('programmes.noPatients')}
        required
        maxLength={1000}
        autosize
        minRows={3}
        maxRows={10}
        value={comment}
        error={form.at('reason')}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
