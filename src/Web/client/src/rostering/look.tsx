import {
  IconAlertTriangle,
  IconCheck,
  IconCircle,
  IconCircleFilled,
  IconCircleX,
  IconHourglass,
  IconLivePhoto,
  IconUserX,
} from '@tabler/icons-react'
import {
  IconChalkboard,
  IconClipboardCheck,
  IconClipboardHeart,
  IconSlice,
  IconDeviceLaptop,
  IconMessages,
  IconMicrophone2,
  IconPresentation,
  IconSchool,
  IconStethoscope,
  IconTools,
  IconUsers,
} from '@tabler/icons-react'
import type { EngagementKind } from '../api/schema'
import type { Look } from './roster'

/** Each kind has its own icon. */
export const kindIcons: Record<EngagementKind, typeof IconUsers> = {
  clinicalVisit: IconStethoscope,
  consultation: IconUsers,
  clinicalEvaluation: IconClipboardHeart,
  treatmentPlanFollowUp: IconClipboardCheck,
  remoteSecondOpinion: IconDeviceLaptop,
  lecture: IconPresentation,
  conferenceSession: IconMicrophone2,
  clinicalTeaching: IconSchool,
  workshop: IconTools,
  training: IconChalkboard,
  operation: IconSlice,
  researchMeeting: IconMessages,
}

/** Each status has an icon besides its word and its border. */
export const lookIcons: Record<Look, typeof IconCheck> = {
  planned: IconCircle,
  confirmed: IconCircleFilled,
  inProgress: IconLivePhoto,
  completed: IconCheck,
  cancelled: IconCircleX,
  noShow: IconUserX,
  pending: IconHourglass,
  attention: IconAlertTriangle,
}
