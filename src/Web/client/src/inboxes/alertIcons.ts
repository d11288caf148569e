import { IconAlertTriangle, IconArrowBackUp, IconCalendarCheck, IconCalendarEvent, IconCalendarPlus, IconCalendarX, IconCheck, IconClockEdit, IconEyeOff, IconHandStop, IconHourglass, IconHourglassEmpty, IconMapPin, IconTicket, IconUrgent, IconUserMinus, IconUserOff, IconX } from '@tabler/icons-react'
import type { InboxAlert } from './useInbox'

/** Each kind of alert has an icon besides its word. */
export const alertIcons: Record<InboxAlert['kind'], typeof IconCheck> = {
  assigned: IconCalendarPlus, released: IconUserMinus, timeChanged: IconClockEdit, roomChanged: IconMapPin, proposed: IconHourglass, proposalWithdrawn: IconHandStop, emergencyMoved: IconUrgent, cancelled: IconCalendarX,
  proposalAccepted: IconCheck, proposalDeclined: IconX, nobodyAnswered: IconUserOff, needsAttention: IconAlertTriangle, sessionMoved: IconClockEdit, notAcknowledged: IconEyeOff, programmeChanged: IconCalendarEvent, placeFree: IconTicket, proposalExpired: IconHourglassEmpty,
  reinstated: IconCalendarCheck, changeUndone: IconArrowBackUp,
}
