import { Badge, Button, Group, Paper, Text } from '@mantine/core'
import { IconPlayerRecord } from '@tabler/icons-react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useViewer } from '../viewer/useViewer'
import { agrees, type Lecture, recordedNow } from './lecture'
import { useLectureCommand } from './useLecture'

/** Tells everybody that a lecture will be recorded, or is being recorded now. */
export function RecordingMark({ lecture }: { lecture: Lecture }) {
  const { t } = useReader()
  if (!lecture.recording || lecture.stage === 'ended') return null
  const now = recordedNow(lecture)
  return (
    <Badge
      variant={now ? 'filled' : 'outline'}
      color={now ? 'red.9' : 'gray'}
      tt="none"
      leftSection={<IconPlayerRecord size={12} aria-hidden />}
      styles={now ? undefined : { root: { color: 'inherit' } }}
      data-recording={now ? 'now' : 'planned'}
    >
      {t(now ? 'lecture.isRecorded' : 'lecture.willBeRecorded')}
    </Badge>
  )
}

/** A speaker's own answer about being recorded. Nobody else can give it. */
export function Agreement({ lecture }: { lecture: Lecture }) {
  const { t } = useReader()
  const { person } = useViewer()
  const command = useLectureCommand(lecture.session)
  const agreed = agrees(lecture, person)
  if (!lecture.recording) return null
  const say = (yes: boolean) => void command.run({ type: 'agreeToRecording', agrees: yes })
  return (
    <Paper withBorder p="xs" radius="sm" role="group" aria-label={t('lecture.recording')} data-agreement={agreed}>
      <Text size="sm">{t(agreed ? 'lecture.youAgreed' : 'lecture.agreeAsk', { count: lecture.recording.days })}</Text>
      <Group mt={6}>
        {agreed ? (
          <Button size="xs" variant="default" loading={command.busy} onClick={() => say(false)} data-do="disagree">
            {t('lecture.disagree')}
          </Button>
        ) : (
          <Button size="xs" loading={command.busy} onClick={() => say(true)} data-do="agree">
            {t('lecture.agree')}
          </Button>
        )}
      </Group>
      <ProblemNotice problem={command.problem} />
    </Paper>
  )
}
