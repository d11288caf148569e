// The names of this feature's wire types in the description of the interface. Other files of the folder import them from here.
import type { Role, TopicItemInitiativeItem } from '../api/schema'

export type {
  EthicsApproval,
  Initiative,
  InitiativeCommand,
  InitiativeProfile,
  InitiativeStage as Stage,
  InitiativeView,
  InnovationCall,
  InnovationProposal,
  LateMilestone,
  Milestone,
  ProposalOutcome as Outcome,
  PublicInitiativeEntry,
  ResearchTask,
} from '../api/schema'

export type Item = TopicItemInitiativeItem
export type { Role }
