import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http, Problem } from '../api/http'
import { useReader } from '../i18n'
import { CodeField } from './CodeField'
import { ProblemNotice } from './ProblemNotice'
import { useCommand } from './useCommand'
import { useProblemText } from './useProblemText'

/** Something grave needs a second factor that is not older than ten minutes. */
const again = 'session.factor-again'

/**
 * For grave requests, which need a fresh second factor. `withFactor` sends a request. If the hub demands the second factor again, a dialog
 * asks for the code, and the request is sent once more. If the person closes the dialog, the hub's refusal stands. The page shows
 * `factorDialog` beside its forms and not inside them. A dialog of the page must not close on Escape while `asking` is true.
 */
export function useFactorAgain() {
  const [asked, setAsked] = useState<{ readonly answer: (given: boolean) => void }>()
  const withFactor = async <T,>(send: () => Promise<T>): Promise<T> => {
    try {
      return await send()
    } catch (refusal) {
      if (!(refusal instanceof Problem) || refusal.code !== again) throw refusal
      const given = await new Promise<boolean>((answer) => setAsked({ answer }))
      setAsked(undefined)
      if (!given) throw refusal
      return await send()
    }
  }
  return { withFactor, asking: asked !== undefined, factorDialog: asked && <FactorDialog answer={asked.answer} /> }
}

function FactorDialog({ answer }: { answer: (given: boolean) => void }) {
  const { t } = useReader()
  const textOf = useProblemText()
  const [code, setCode] = useState('')
  const command = useCommand(
    (code: string) => http.post('/api/session/factor', { code }),
    () => answer(true),
  )
  const wrong = command.problem?.code === 'session.code-denied'
  // A submitted form is also reported to the forms around this dialog. They must not be sent again.
  const submit = (event: FormEvent) => (event.preventDefault(), event.stopPropagation(), void command.run(code.trim()))
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      closeOnClickOutside={false}
      title={t('accounts.factorAgain')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={submit} data-factor>
        <Stack gap="sm">
          <Text size="sm">{t('accounts.factorAgainWhy')}</Text>
          <CodeField value={code} onChange={setCode} focused error={wrong ? textOf(command.problem!) : undefined} />
          {!wrong && <ProblemNotice problem={command.problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => answer(false)}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy}>
              {t('accounts.goOn')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
