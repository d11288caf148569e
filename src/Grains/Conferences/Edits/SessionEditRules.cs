using System.Collections.Immutable;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences.Edits;

/// <summary>The facts that a decision about a session needs.</summary>
/// <param name="Booking">Null if nothing can be booked.</param>
/// <param name="Unknown">Consultants that the text names and that do not exist.</param>
/// <param name="Releases">The numbers of the releases that have the session. They are read only if they matter.</param>
/// <param name="Release">The number of the newest release when the facts were read.</param>
/// <param name="Findings">What the session's roster says against the edit.</param>
internal sealed record SessionEditFacts(
    BookingFacts? Booking,
    ImmutableHashSet<PersonId> Unknown,
    AudienceReach Reach,
    ImmutableArray<int> Releases,
    int Release,
    ImmutableArray<Finding> Findings
);

/// <summary>Decides about edits of sessions by hand. Pure, but new commands to rosters get random ids.</summary>
internal static class SessionEditRules
{
    /// <summary>The session that an edit is about: the draft's, if there is a draft.</summary>
    public static ConferenceSession? Edited(ConferenceState state, SessionId session) =>
        state.Draft is { } draft ? draft.Sessions.GetValueOrDefault(session)?.Session : state.Sessions.GetValueOrDefault(session);

    /// <summary>The conference whose rooms and zone count for an edit: the draft's, if there is a draft.</summary>
    public static Conference? Header(ConferenceState state) => state.Draft?.Head.Conference ?? state.Header;

    public static EditOutcome Decide(
        ConferenceState state,
        ConferenceId id,
        PersonId by,
        EditSession command,
        SessionEditFacts facts,
        DateTimeOffset now
    )
    {
        if (state.Header is null || Header(state) is not { } header)
            return EditOutcome.Refuse(ConferenceCodes.NoSuch(id));
        var known = Edited(state, command.Session);
        if (command.Text is null && known is null && command.Expected is null)
            return EditOutcome.Refuse(SessionCodes.Unknown, "session");
        if (EditOutcome.Unmet(command.Expected, known is null ? null : EditTag.Of(known)) is { } unmet)
            return EditOutcome.Refuse(unmet);
        if (EditFaults.OfReason(command.Reason) is { } badReason)
            return EditOutcome.Refuse(badReason);
        if (command.Text is not { } written)
            return Delete(state, by, known!, command, facts, now);
        var text = EditFaults.Clean(written);
        if (state.Header.Withdrawn && !text.Cancelled)
            return EditOutcome.Refuse(ConferenceCodes.Withdrawn);
        if (EditFaults.Of(text, header, known, facts.Unknown) is { } fault)
            return EditOutcome.Refuse(fault);
        if (known is null)
        {
            if (!command.Session.Value.StartsWith($"{id}-", StringComparison.Ordinal))
                return EditOutcome.Refuse(
                    new Refusal(RecordCodes.BadId, $"The id of a session begins with {id}- and its name.") { Place = "session" }
                );
            if ((state.Draft?.Sessions.Count ?? state.Sessions.Count) >= DraftRules.MostDrafted)
                return EditOutcome.Refuse(new Refusal(RecordCodes.TooMany, $"A programme has at most {DraftRules.MostDrafted} sessions."));
        }
        var after = DraftRules.Written(header, known ?? new ConferenceSession { Id = command.Session, Title = text.Title }, text);
        if (state.Draft is not null)
            return new(null, new() { Draft = true }, [new DraftEdited(null, [after], [])], []);
        return Put(state, by, known, after, command, facts, now);
    }

    private static EditOutcome Put(
        ConferenceState state,
        PersonId by,
        ConferenceSession? before,
        ConferenceSession after,
        EditSession command,
        SessionEditFacts facts,
        DateTimeOffset now
    )
    {
        var (imported, outbox) = ProgrammeMerge.Edit(
            state,
            state.Header!,
            before is null ? [] : [before],
            [after],
            facts.Booking,
            now,
            ReasonOf(command, "The session was edited by hand.")
        );
        if (imported.Outcome.Code is { } tooEarly)
            return EditOutcome.Refuse(Codes.Of(tooEarly));
        var withdrawn = before is { Cancelled: false } && after.Cancelled;
        var effects = Effects(state, by, before, after, imported, facts) with { Sessions = withdrawn ? 1 : 0, Findings = facts.Findings };
        if (withdrawn)
            effects = EditOutcome.WithUses(effects, facts.Releases, command.Uses) with { UsedBy = [], Uses = 0 };
        effects = effects with
        {
            NeedsReason = (withdrawn && (effects.Told > 0 || effects.Bookings > 0)) || facts.Findings.Any(f => f.Overridable),
        };
        var hasReason = !string.IsNullOrWhiteSpace(command.Reason);
        if (facts.Findings.Any(f => !f.Overridable || !hasReason))
            return EditOutcome.Refuse(new Refused(facts.Findings, null).Refusal with { Place = PlaceOf(facts.Findings) }, effects);
        if (effects.NeedsReason && !hasReason)
            return EditOutcome.Refuse(ConferenceCodes.ReasonMissing, "X-Reason", effects);
        return new(null, effects, [imported], outbox.AddRange(ReleaseRules.TellAtOnce(state, imported, by)));
    }

    private static EditOutcome Delete(
        ConferenceState state,
        PersonId by,
        ConferenceSession known,
        EditSession command,
        SessionEditFacts facts,
        DateTimeOffset now
    )
    {
        var isDraft = state.Draft is not null;
        var (imported, outbox) = ProgrammeMerge.Edit(
            state,
            state.Header!,
            [known],
            [],
            facts.Booking,
            now,
            ReasonOf(command, "The session was deleted.")
        );
        var effects = EditOutcome.WithUses(
            isDraft ? new() { Draft = true } : Effects(state, by, known, null, imported, facts),
            facts.Releases,
            command.Uses
        ) with
        {
            Sessions = 1,
        };
        effects = effects with { NeedsReason = effects.Told > 0 || effects.Bookings > 0 };
        if (effects.Uses > 0)
            return EditOutcome.Refuse(RecordCodes.InUse, effects: effects);
        if (effects.NeedsReason && string.IsNullOrWhiteSpace(command.Reason))
            return EditOutcome.Refuse(ConferenceCodes.ReasonMissing, "X-Reason", effects);
        return isDraft
            ? new(null, effects, [new DraftEdited(null, [], [known.Id])], [])
            : new(null, effects, [imported], outbox.AddRange(ReleaseRules.TellAtOnce(state, imported, by)));
    }

    private static EditEffects Effects(
        ConferenceState state,
        PersonId by,
        ConferenceSession? before,
        ConferenceSession? after,
        ProgrammeImported imported,
        SessionEditFacts facts
    )
    {
        var cancelled = EditOutcome.Cancelled(state, imported.Tasks);
        var effects = new EditEffects { Bookings = cancelled.Length, CancelledBookings = [.. cancelled.Take(ConferenceUse.MostNamed)] };
        var concerns =
            before is not null
            && !(before.Cancelled && after is null or { Cancelled: true })
            && (after is null || ReleaseDiff.OfOne(before, after)?.Concerns == true);
        if (!concerns)
            return effects;
        var consultants = new[] { before, after }
            .OfType<ConferenceSession>()
            .SelectMany(s => s.Speakers)
            .Select(s => s.Consultant)
            .OfType<PersonId>();
        return effects with
        {
            Told = facts.Reach.People.Union(consultants).Count(person => person != by),
            Favourites = facts.Reach.Favourites,
            Places = facts.Reach.Places,
            Waiting = facts.Reach.Waiting,
        };
    }

    private static string ReasonOf(EditSession command, string otherwise) =>
        string.IsNullOrWhiteSpace(command.Reason) ? otherwise : command.Reason.Trim();

    private static string? PlaceOf(ImmutableArray<Finding> findings) =>
        findings[0].Code switch
        {
            var code when code == SessionCodes.BookedTime => "$.start",
            var code when code == SessionCodes.RoomNotLinked => "$.room",
            _ => null,
        };
}
