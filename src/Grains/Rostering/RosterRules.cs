using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;

namespace ConsultHub.Rostering;

/// <summary>
/// The result of a command: a change, or findings against the command. The rules are pure: the same roster, person, command, facts and time
/// give the same result.
/// </summary>
/// <param name="Change">The change, or null if the command is refused.</param>
/// <param name="Findings">If the command is refused: the reasons. Otherwise: the warnings that were allowed.</param>
public sealed record RosterOutcome(EngagementChanged? Change, ImmutableArray<Finding> Findings)
{
    public static RosterOutcome Refuse(Code code, string message) => new(null, [new Finding(code, message)]);
}

/// <summary>
/// The rules of a roster. <see cref="Decide"/> has a case for every command. <c>docs/design.md</c> lists the rules in the section "The
/// rules of a roster".
/// </summary>
public static partial class RosterRules
{
    public static readonly TimeSpan LongestEngagement = TimeSpan.FromHours(24);

    /// <summary>The finding against every command in an archived week.</summary>
    public static Finding Archived { get; } =
        new(RosterCodes.Archived, "The week is archived. It can be viewed, but it cannot be changed until it is brought back.");

    /// <param name="passedOver">Candidates on the ladder who are skipped. Another week has already refused the engagement with
    /// them.</param>
    public static RosterOutcome Decide(
        Roster roster,
        Actor actor,
        RosterCommand command,
        RosterFacts facts,
        DateTimeOffset now,
        ImmutableArray<PersonId> passedOver = default
    )
    {
        if (CommandLimits.Against(command) is { } beyond)
            return new(null, [beyond]);
        if (roster.IsArchived)
            return new(null, [Archived]);
        var known = roster.Engagements.GetValueOrDefault(command.Engagement);
        if (Precheck(known, actor, command, now) is { } refusal)
            return refusal;
        // Only the hub itself may plan under the id of a hold. It checks a move to this week with such a plan, and the moving engagement
        // may already have a hold here.
        if (command is Plan && actor.Role != Role.System && roster.Holds.ContainsKey(command.Engagement))
            return IdTaken(command.Engagement);
        var past = InPast(known, actor, command, now);
        return command switch
        {
            Plan plan => DecidePlan(roster, plan, facts, past),
            Confirm => Simple(known!, Change.Confirmed, known! with { Status = EngagementStatus.Confirmed }, EngagementStatus.Planned),
            ChangeTime change => DecideChangeTime(roster, known!, change, facts, past),
            ChangeRoom change => Placed(roster, command, Change.RoomChanged, known!, known! with { Room = change.Room }, facts, past),
            Assign assign => DecideAssign(roster, known!, assign, facts, past),
            Propose propose => DecidePropose(roster, known!, propose, actor, facts, now),
            Accept => DecideAccept(roster, known!, command, facts),
            Decline or Expire => DecideNext(roster, known!, command, facts, now, passedOver),
            EmergencyMove move => DecideEmergency(roster, known!, move, actor, facts, past),
            Cancel when string.IsNullOrWhiteSpace(command.Reason) => RosterOutcome.Refuse(
                RosterCodes.ReasonRequired,
                "A reason is required."
            ),
            Cancel => Simple(
                known!,
                Change.Cancelled,
                Over(known!, EngagementStatus.Cancelled),
                EngagementStatus.Planned,
                EngagementStatus.Confirmed,
                EngagementStatus.InProgress
            ),
            Arrive or Complete or MarkNoShow when TooEarly(known!, command, facts, now) is { } early => early,
            Arrive when past is { } late && Stand([late], command) => new(null, [late]),
            Arrive => Simple(
                known!,
                Change.Arrived,
                (actor.Role == Role.Consultant ? AwaitedWithout(known!, actor.Person) : Acknowledged(known!)) with
                {
                    Status = EngagementStatus.InProgress,
                    Proposal = null,
                },
                EngagementStatus.Planned,
                EngagementStatus.Confirmed
            ),
            Complete or RecordWork when UnknownProcedure(known!, command, facts) is { } unknown => unknown,
            Complete complete => Simple(
                known!,
                Change.Completed,
                Over(known!, EngagementStatus.Completed) with
                {
                    Work = Said(complete.Work),
                },
                EngagementStatus.Planned,
                EngagementStatus.Confirmed,
                EngagementStatus.InProgress
            ),
            RecordWork when known!.Work is not null && string.IsNullOrWhiteSpace(command.Reason) => RosterOutcome.Refuse(
                RosterCodes.ReasonRequired,
                "A correction needs a reason."
            ),
            RecordWork record => Simple(known!, Change.WorkRecorded, known! with { Work = Said(record.Work) }, EngagementStatus.Completed),
            SetPurpose set => Simple(
                known!,
                Change.PurposeSet,
                known! with
                {
                    Purpose = set.Purpose,
                },
                EngagementStatus.Planned,
                EngagementStatus.Confirmed,
                EngagementStatus.InProgress,
                EngagementStatus.Completed
            ),
            MarkNoShow => Simple(
                known!,
                Change.NoShow,
                Over(known!, EngagementStatus.NoShow),
                EngagementStatus.Planned,
                EngagementStatus.Confirmed
            ),
            Undo => DecideUndo(roster, known!, command, facts),
            _ => RosterOutcome.Refuse(RosterCodes.UnknownCommand, $"Unknown command {command.GetType().Name}."),
        };
    }

    /// <summary>
    /// Whether a change can be undone. Changes of place, time, consultants or status can be undone. Plans, proposals, answers, moves to
    /// another week and undos cannot.
    /// </summary>
    public static bool CanBeUndone(Change what) =>
        what
            is Change.Confirmed
                or Change.TimeChanged
                or Change.RoomChanged
                or Change.Assigned
                or Change.EmergencyMoved
                or Change.Cancelled
                or Change.Arrived
                or Change.Completed
                or Change.NoShow
                or Change.WorkRecorded
                or Change.PurposeSet;

    /// <summary>Checks who gives the command, the state of the engagement, and whether a proposal is still open.</summary>
    private static RosterOutcome? Precheck(Engagement? known, Actor actor, RosterCommand command, DateTimeOffset now)
    {
        if (command is Plan)
            return known is not null ? IdTaken(command.Engagement)
                : MayPlan(actor) ? null
                : NotAllowed(actor);
        if (known is null)
            return RosterOutcome.Refuse(RosterCodes.UnknownEngagement, $"There is no engagement {command.Engagement} in this week.");
        if (command.ExpectedVersion is { } seen && seen != known.Version)
            return command is Undo
                ? RosterOutcome.Refuse(RosterCodes.TouchedSince, "The engagement has changed since you saw it.")
                : RosterOutcome.Refuse(RosterCodes.Stale, "The engagement has changed meanwhile.");
        if (known.Moving is not null)
            return RosterOutcome.Refuse(RosterCodes.Moving, "The engagement is being handed over to another week.");
        if (command is Accept or Decline or Expire)
        {
            var proposal = command switch
            {
                Accept a => a.Proposal,
                Decline d => d.Proposal,
                _ => ((Expire)command).Proposal,
            };
            if (known.Proposal is null || known.Proposal.Id != proposal)
                return RosterOutcome.Refuse(RosterCodes.ProposalGone, "That proposal is no longer open.");
            if (command is Expire)
                return actor.Role == Role.System && known.Proposal.Deadline <= now ? null : NotAllowed(actor);
            if (known.Proposal.Candidate != actor.Person)
                return RosterOutcome.Refuse(RosterCodes.NotCandidate, "Only the candidate may answer a proposal.");
            return command is Accept && known.Proposal.Deadline <= now
                ? RosterOutcome.Refuse(RosterCodes.ProposalGone, "The time to answer has passed.")
                : null;
        }
        if (MayPlan(actor))
            return null;
        var own = known.Consultants.Contains(actor.Person);
        return command switch
        {
            RecordWork => own || actor.Role == Role.Registrar,
            Arrive or Complete => own && actor.Role == Role.Consultant,
            _ => false,
        }
            ? null
            : NotAllowed(actor);
    }

    private static bool MayPlan(Actor actor) => actor.Role is Role.Coordinator or Role.System;

    private static RosterOutcome IdTaken(EngagementId id) =>
        RosterOutcome.Refuse(RosterCodes.IdTaken, $"There is an engagement {id} already.");

    private static RosterOutcome NotAllowed(Actor actor) =>
        RosterOutcome.Refuse(RosterCodes.NotAllowed, $"A {actor.Role} may not do this.");

    private static RosterOutcome DecidePlan(Roster roster, Plan plan, RosterFacts facts, Finding? past)
    {
        var engagement = new Engagement
        {
            Id = plan.Engagement,
            Kind = plan.Kind,
            Title = plan.Title.Trim(),
            Hospital = plan.Hospital,
            Room = plan.Room,
            Consultants = Distinct(plan.Consultants),
            Specialty = plan.Specialty,
            Start = plan.Start.ToUniversalTime(),
            End = plan.End.ToUniversalTime(),
            CaseReference = plan.CaseReference,
            Attendees = plan.Attendees,
            Needs = Equipment.Distinct(plan.Needs),
            Session = plan.Session,
            Purpose = plan.Purpose,
            Status = plan.Confirmed ? EngagementStatus.Confirmed : EngagementStatus.Planned,
            Attention = plan.Consultants.IsDefaultOrEmpty && NeedsConsultant(plan.Kind) ? [AttentionReason.NoConsultant] : [],
        };
        if (!facts.KnowsSpecialty(engagement.Specialty, engagement.End))
            return RosterOutcome.Refuse(RosterCodes.UnknownSpecialty, $"There is no specialty {engagement.Specialty}.");
        if (BadTime(engagement.Start, engagement.End) is { } bad)
            return bad;
        if (!StartsIn(facts, engagement.Start))
            return RosterOutcome.Refuse(RosterCodes.WrongWeek, $"The engagement does not start in week {facts.Week}.");
        return Placed(roster, plan, Change.Planned, null, engagement, facts, past);
    }

    private static RosterOutcome DecideChangeTime(Roster roster, Engagement known, ChangeTime change, RosterFacts facts, Finding? past)
    {
        var (start, end) = (change.Start.ToUniversalTime(), change.End.ToUniversalTime());
        if (BadTime(start, end) is { } bad)
            return bad;
        if (StartsIn(facts, start))
            return Placed(
                roster,
                change,
                Change.TimeChanged,
                known,
                WithoutProposal(known) with
                {
                    Start = start,
                    End = end,
                    Room = change.Room ?? known.Room,
                },
                facts,
                past
            );
        if (NotMovable(known) is { } settled)
            return settled;
        ImmutableArray<Finding> findings = past is null ? [] : [past];
        if (Stand(findings, change))
            return new(null, findings);
        var week = Week.Of(start, facts.Zone);
        return new(
            new EngagementChanged(
                Change.Moving,
                known,
                WithoutProposal(known) with
                {
                    Moving = new MoveTarget(week, start, end, change.Room ?? known.Room),
                }
            ),
            findings
        );
    }

    private static RosterOutcome DecideAssign(Roster roster, Engagement known, Assign assign, RosterFacts facts, Finding? past)
    {
        var consultants = Distinct(assign.Consultants);
        return Placed(
            roster,
            assign,
            Change.Assigned,
            known,
            WithoutProposal(known) with
            {
                Consultants = consultants,
                Attention = Unanswered(known, consultants),
            },
            facts,
            past
        );
    }

    private static RosterOutcome DecideEmergency(
        Roster roster,
        Engagement known,
        EmergencyMove move,
        Actor actor,
        RosterFacts facts,
        Finding? past
    )
    {
        var (start, end) = (move.Start?.ToUniversalTime() ?? known.Start, move.End?.ToUniversalTime() ?? known.End);
        if (BadTime(start, end) is { } bad)
            return bad;
        if (!StartsIn(facts, start))
            return RosterOutcome.Refuse(RosterCodes.WrongWeek, "An emergency move stays within the week.");
        var consultants = move.Consultants is { IsDefault: false } given ? Distinct(given) : known.Consultants;
        var moved = WithoutProposal(known) with
        {
            Start = start,
            End = end,
            Room = move.Room ?? known.Room,
            Consultants = consultants,
            Attention = Unanswered(known, consultants),
        };
        // The person who makes the move need not acknowledge it.
        return Placed(
            roster,
            move,
            Change.EmergencyMoved,
            known,
            AwaitedOf(moved, move.CommandId, consultants.Remove(actor.Person)),
            facts,
            past
        );
    }

    private static RosterOutcome DecideUndo(Roster roster, Engagement known, RosterCommand command, RosterFacts facts)
    {
        if (roster.Undoable.GetValueOrDefault(known.Id) is not { } before)
            return RosterOutcome.Refuse(RosterCodes.NothingToUndo, "The last change of this engagement cannot be taken back.");
        before = WithDemandOf(WithoutProposal(before), known);
        // A completed engagement stays where it is. Only what was done there is taken back.
        return before.TakesTime && (before.Status, known.Status) != (EngagementStatus.Completed, EngagementStatus.Completed)
            ? Placed(roster, command, Change.Undone, known, before, facts, past: null, anyStatus: true)
            : new(new EngagementChanged(Change.Undone, known, before), []);
    }

    private static RosterOutcome Simple(Engagement known, Change what, Engagement after, params ReadOnlySpan<EngagementStatus> from)
    {
        foreach (var status in from)
            if (known.Status == status)
                return new(new EngagementChanged(what, known, after), []);
        return RosterOutcome.Refuse(RosterCodes.WrongStatus, $"This is not possible for an engagement that is {known.Status}.");
    }

    /// <summary>
    /// Decides a change of place, time or consultants. A refusal stops it. A warning stops it only if no reason is given. Warnings that
    /// were already true before the change are not reported again.
    /// </summary>
    private static RosterOutcome Placed(
        Roster roster,
        RosterCommand command,
        Change what,
        Engagement? known,
        Engagement after,
        RosterFacts facts,
        Finding? past,
        bool anyStatus = false
    )
    {
        if (known is not null && !anyStatus && NotMovable(known) is { } settled)
            return settled;
        var found = PlacementRules.Check(roster, after, facts);
        var findings = New(roster, known, found, facts);
        if (past is not null)
            findings = findings.Insert(0, past);
        return Stand(findings, command)
            ? new(null, findings)
            : new(new EngagementChanged(what, known, AwaitedOfWhoStays(AttentionRules.Settle(after, found))), findings);
    }

    private static bool Stand(ImmutableArray<Finding> findings, RosterCommand command)
    {
        foreach (var finding in findings)
            if (!finding.Overridable || string.IsNullOrWhiteSpace(command.Reason))
                return true;
        return false;
    }

    private static RosterOutcome? NotMovable(Engagement known) =>
        known.Status is EngagementStatus.Planned or EngagementStatus.Confirmed
            ? null
            : RosterOutcome.Refuse(RosterCodes.WrongStatus, $"An engagement that is {known.Status} cannot be changed.");

    /// <summary>Removes the warnings that were already true before the change.</summary>
    private static ImmutableArray<Finding> New(Roster roster, Engagement? known, ImmutableArray<Finding> found, RosterFacts facts)
    {
        if (found.IsEmpty || known is null)
            return found;
        var before = PlacementRules.Check(roster, known, facts);
        return
        [
            .. found.Where(f =>
                !f.Overridable || !before.Any(b => b.Code == f.Code && b.Person == f.Person && b.ConflictsWith == f.ConflictsWith)
            ),
        ];
    }

    private static RosterOutcome? BadTime(DateTimeOffset start, DateTimeOffset end) =>
        end <= start || end - start > LongestEngagement || start.Year is < Week.FirstYear + 1 or >= Week.LastYear
            ? RosterOutcome.Refuse(
                RosterCodes.BadTime,
                $"An engagement ends after it starts, at most 24 hours later, and lies between {Week.FirstYear + 1} and {Week.LastYear}."
            )
            : null;

    private static bool StartsIn(RosterFacts facts, DateTimeOffset start) => facts.Bounds.Start <= start && start < facts.Bounds.End;

    /// <summary>
    /// The engagement with a final status. Its proposal, its reasons for attention and its missing acknowledgements are removed.
    /// </summary>
    private static Engagement Over(Engagement engagement, EngagementStatus status) =>
        Acknowledged(engagement) with
        {
            Status = status,
            Proposal = null,
            Attention = [],
        };

    /// <summary>
    /// Refuses cases of a procedure that the hospital has not agreed for the engagement's specialty. A correction may keep a procedure that
    /// was agreed when it was recorded.
    /// </summary>
    private static RosterOutcome? UnknownProcedure(Engagement known, RosterCommand command, RosterFacts facts)
    {
        foreach (var cases in CommandLimits.WorkOf(command)?.Procedures ?? [])
            if (
                facts.Hospital(known.Hospital)?.Procedures.Any(p => p.Id == cases.Procedure && p.Specialty == known.Specialty) != true
                && known.Work?.Procedures.Any(p => p.Procedure == cases.Procedure) != true
            )
                return RosterOutcome.Refuse(
                    RosterCodes.UnknownProcedure,
                    $"The hospital {known.Hospital} has not agreed a procedure {cases.Procedure} for the specialty {known.Specialty}."
                );
        return null;
    }

    /// <summary>Counts of which none is said are the same as no counts.</summary>
    private static Work? Said(Work? work) => work is { IsEmpty: false } ? work : null;

    private static Engagement WithoutProposal(Engagement engagement) =>
        engagement.Proposal is null ? engagement : engagement with { Proposal = null };

    /// <summary>
    /// The reasons for attention after the consultants have changed. If there are consultants, the reasons about a missing consultant and
    /// about a declined or unanswered proposal are removed. Otherwise the missing consultant is the only reason.
    /// </summary>
    private static ImmutableArray<AttentionReason> Unanswered(Engagement engagement, ImmutableArray<PersonId> consultants)
    {
        if (consultants.IsEmpty && NeedsConsultant(engagement.Kind))
            return [AttentionReason.NoConsultant];
        return engagement.Attention.IsEmpty
            ? []
            :
            [
                .. engagement.Attention.Where(a =>
                    a is not (AttentionReason.NoConsultant or AttentionReason.ProposalUnanswered or AttentionReason.ProposalDeclined)
                ),
            ];
    }

    /// <summary>People of an initiative may meet without a consultant.</summary>
    private static bool NeedsConsultant(EngagementKind kind) => kind != EngagementKind.ResearchMeeting;

    private static ImmutableArray<PersonId> Distinct(ImmutableArray<PersonId> people) =>
        people.IsDefaultOrEmpty ? []
        : people.Length == 1 ? people
        : ImmutableCollectionsMarshal.AsImmutableArray(people.Distinct().ToArray());
}
