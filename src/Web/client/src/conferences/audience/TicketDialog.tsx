import { Loader, Modal, Stack, Text } from '@mantine/core'
import type { TicketPicture } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'

/** The ticket that the reader shows at the door: a QR code, and the same code as text. */
export default function TicketDialog({ conference, close }: { conference: string; close: () => void }) {
  const { t } = useReader()
  const { data, error } = useResource<TicketPicture>(`/api/conferences/${conference}/ticket`)
  return (
    <Modal opened onClose={close} title={t('audience.ticket')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack align="center" gap="sm">
        {!data && !error && <Loader aria-label={t('shell.loading')} />}
        <ProblemNotice problem={error} />
        {data && (
          <>
            {/* The code has a white background in each theme, so that scanners can read it. */}
            <img
              src={`data:image/svg+xml;utf8,${encodeURIComponent(data.svg)}`}
              alt={t('audience.ticketQr')}
              style={{ width: 'min(80vw, 20rem)', aspectRatio: 1, background: '#fff', borderRadius: 8 }}
              data-qr
            />
            <Text ff="monospace" size="xl" fw={700} dir="ltr" data-code>
              {data.code.slice(0, 5)}-{data.code.slice(5)}
            </Text>
            <Text size="sm" c="dimmed" ta="center">
              {t('audience.ticketHint')}
            </Text>
          </>
        )}
      </Stack>
    </Modal>
  )
}
