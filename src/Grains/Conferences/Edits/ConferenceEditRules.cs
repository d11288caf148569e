using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Hospitals;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Runtime;

namespace ConsultHub.Conferences.Edits;

/// <summary>The facts that a decision about a conference needs.</summary>
/// <param name="Booking">Null if nothing can be booked.</param>
/// <param name="HasNetwork">Whether the network of a new conference exists.</param>
/// <param name="Hospitals">The hospitals that the rooms name and that exist.</param>
/// <param name="Reach">The audience of all sessions. It is read only for a withdrawal or a deletion.</param>
internal sealed record ConferenceEditFacts(
    BookingFacts? Booking,
    bool HasNetwork,
    ImmutableDictionary<HospitalId, Hospital> Hospitals,
    AudienceReach Reach
);

/// <summary>Decides about edits of conferences by hand. Pure, but new commands to rosters get random ids.</summary>
internal static class ConferenceEditRules
{
    /// <summary>Whether the command withdraws a conference that takes place.</summary>
    public static bool Withdraws(ConferenceState state, EditConference command) =>
        command.Text is { Withdrawn: true } && state.Header is { Withdrawn: false };

    /// <summary>
    /// The conference that an edit is about: the draft's, if there is a draft. A withdrawal and a deletion are about the conference itself,
    /// because they end the draft. The editable content of both is compared with the same tag as long as the draft has not changed it.
    /// </summary>
    public static Conference? Edited(ConferenceState state) => state.Draft?.Head.Conference ?? state.Header;

    public static EditOutcome Decide(
        ConferenceState state,
        ConferenceId id,
        PersonId by,
        EditConference command,
        ConferenceEditFacts facts,
        DateTimeOffset now
    )
    {
        var known = Edited(state);
        if (command.Text is null && known is null && command.Expected is null)
            return EditOutcome.Refuse(ConferenceCodes.NoSuch(id));
        if (EditOutcome.Unmet(command.Expected, known is null ? null : EditTag.Of(known)) is { } unmet)
            return EditOutcome.Refuse(unmet);
        if (EditFaults.OfReason(command.Reason) is { } badReason)
            return EditOutcome.Refuse(badReason);
        if (command.Text is not { } written)
            return Delete(state, by, command, facts, now);
        var text = EditFaults.Clean(written);
        if (EditFaults.Of(text, known, facts.Hospitals) is { } fault)
            return EditOutcome.Refuse(fault);
        if (known is null)
            return Create(state, id, text, facts);
        if (text.Network is { } network && network != known.Network)
            return EditOutcome.Refuse(ConferenceCodes.OtherNetwork, "$.network");
        if (Withdraws(state, command))
            return Withdraw(state, by, text, command, facts, now);
        if (InUse(state, known, text) is { } inUse)
            return inUse;
        var header = Written(known, text);
        if (state.Draft is { } draft)
        {
            var zones = new Zones(known.TimeZone, header.TimeZone);
            ImmutableArray<ConferenceSession> corrected = zones.Differ
                ? [.. draft.Sessions.Values.Select(s => s.Session with { Start = zones.Correct(s.Session.Start) })]
                : [];
            return new(
                null,
                new()
                {
                    Draft = true,
                    Corrected = corrected.Count(s => s.Start is not null),
                    ZoneBefore = zones.Differ ? zones.Before : null,
                },
                [new DraftEdited(header, corrected, [])],
                []
            );
        }
        return Put(state, header, command, facts, now);
    }

    private static EditOutcome Create(ConferenceState state, ConferenceId id, ConferenceText text, ConferenceEditFacts facts)
    {
        if (text.Network is not { } network)
            return EditOutcome.Refuse(RecordCodes.Required, "$.network");
        if (!facts.HasNetwork)
            return EditOutcome.Refuse(new Refusal(RecordCodes.UnknownReference, "There is no such network.") { Place = "$.network" });
        if (state.DeletedFrom is { } before && before != network)
            return EditOutcome.Refuse(ConferenceCodes.OtherNetwork, "$.network");
        if (text.Withdrawn)
            return EditOutcome.Refuse(ConferenceCodes.Withdrawn, "$.withdrawn");
        var header = Written(
            new Conference
            {
                Id = id,
                Network = network,
                Title = text.Title,
                TimeZone = text.TimeZone,
            },
            text
        );
        var imported = new ProgrammeImported(header, [], [], [], [], new ImportOutcome(0, 0, 0, 0));
        return new(null, new(), [imported], [Listing(header)]);
    }

    private static EditOutcome Put(
        ConferenceState state,
        Conference header,
        EditConference command,
        ConferenceEditFacts facts,
        DateTimeOffset now
    )
    {
        var before = state.Header!;
        var zones = new Zones(before.TimeZone, header.TimeZone);
        // Sessions in a room that is linked now are booked, and sessions in a room that was not booked are asked for again.
        var relinked = Relinked(before, header);
        ImmutableArray<ConferenceSession> affected =
        [
            .. state
                .Sessions.Values.Where(s => zones.Differ || relinked.Contains(s.Room))
                .Select(s =>
                    relinked.Contains(s.Room) && s.Booking == BookingState.Refused
                        ? s with
                        {
                            Booking = BookingState.None,
                            BookingFindings = [],
                        }
                        : s
                )
                .OrderBy(s => s.Id.Value, StringComparer.Ordinal),
        ];
        var (imported, outbox) = ProgrammeMerge.Edit(
            state,
            header,
            affected,
            [.. affected.Select(s => s with { Start = zones.Correct(s.Start) })],
            facts.Booking,
            now,
            command.Reason ?? "The time zone of the conference was corrected."
        );
        if (imported.Outcome.Code is { } tooEarly)
            return EditOutcome.Refuse(Codes.Of(tooEarly));
        // A session that needs no booking any more is not shown as refused.
        imported = imported with
        {
            Sessions = imported.Sessions.AddRange(
                affected.Where(s =>
                    s.Booking == BookingState.None
                    && state.Sessions[s.Id].Booking == BookingState.Refused
                    && imported.Sessions.All(i => i.Id != s.Id)
                )
            ),
        };
        return new(
            null,
            new() { Corrected = imported.Outcome.Corrected, ZoneBefore = imported.Outcome.ZoneBefore },
            [imported],
            outbox.Add(Listing(header))
        );
    }

    private static EditOutcome Withdraw(
        ConferenceState state,
        PersonId by,
        ConferenceText text,
        EditConference command,
        ConferenceEditFacts facts,
        DateTimeOffset now
    )
    {
        var header = Written(state.Header!, text) with { Withdrawn = true, Public = false, SelfRegistration = false };
        var zones = new Zones(state.Header!.TimeZone, header.TimeZone);
        ImmutableArray<ConferenceSession> sessions = [.. state.Sessions.Values.OrderBy(s => s.Id.Value, StringComparer.Ordinal)];
        var (imported, outbox) = ProgrammeMerge.Edit(
            state,
            header,
            sessions,
            [.. sessions.Select(s => s with { Cancelled = true, Start = zones.Correct(s.Start) })],
            facts.Booking,
            now,
            string.IsNullOrWhiteSpace(command.Reason) ? "The conference was withdrawn." : command.Reason.Trim()
        );
        if (imported.Outcome.Code is { } tooEarly)
            return EditOutcome.Refuse(Codes.Of(tooEarly));
        var effects = EditOutcome.WithUses(
            Effects(state, by, imported.Tasks, sessions.Where(s => !s.Cancelled), facts, withRegistered: true),
            [.. state.Releases.Select(r => r.Number)],
            command.Uses
        ) with
        {
            UsedBy = [],
            Uses = 0,
            Corrected = imported.Outcome.Corrected,
            ZoneBefore = imported.Outcome.ZoneBefore,
        };
        if (effects.NeedsReason && string.IsNullOrWhiteSpace(command.Reason))
            return EditOutcome.Refuse(ConferenceCodes.ReasonMissing, "X-Reason", effects);
        return new(
            null,
            effects,
            state.Draft is null ? [imported] : [imported, new DraftEnded()],
            [.. outbox, ReleaseRules.TellWithdrawn(state, by), Listing(header)]
        );
    }

    private static EditOutcome Delete(
        ConferenceState state,
        PersonId by,
        EditConference command,
        ConferenceEditFacts facts,
        DateTimeOffset now
    )
    {
        var header = state.Header!;
        ImmutableArray<ConferenceSession> sessions = [.. state.Sessions.Values.OrderBy(s => s.Id.Value, StringComparer.Ordinal)];
        var (imported, _) = ProgrammeMerge.Edit(
            state,
            header,
            sessions,
            [],
            facts.Booking,
            now,
            string.IsNullOrWhiteSpace(command.Reason) ? "The conference was deleted." : command.Reason.Trim()
        );
        var effects = EditOutcome.WithUses(
            Effects(state, by, imported.Tasks, sessions.Where(s => !s.Cancelled), facts, withRegistered: false),
            [.. state.Releases.Select(r => r.Number)],
            command.Uses
        ) with
        {
            Roles = command.Uses?.Roles ?? 0,
        };
        if (effects.Uses > 0)
            return EditOutcome.Refuse(RecordCodes.InUse, effects: effects);
        // A roster's answer about a new booking could not be matched with its session any more.
        if (sessions.Any(s => s.Booking == BookingState.Requested) || !state.Tasks.IsEmpty)
            return EditOutcome.Refuse(ConferenceCodes.Booking, effects: effects);
        if (effects.NeedsReason && string.IsNullOrWhiteSpace(command.Reason))
            return EditOutcome.Refuse(ConferenceCodes.ReasonMissing, "X-Reason", effects);
        return new(
            null,
            effects,
            [new ConferenceDeleted(imported.Tasks)],
            [
                .. ReleaseRules.TellAtOnce(state, imported, by),
                // The audience is told before it ends, because both messages arrive in order.
                new(0, GrainId.Create("audience", header.Id.Value), new EndAudience()),
                new(0, GrainId.Create("access", "hub"), new EndConferenceRoles(header.Id)),
                Listing(header, gone: true),
            ]
        );
    }

    /// <param name="sessions">The sessions that take place before the edit and not after it.</param>
    private static EditEffects Effects(
        ConferenceState state,
        PersonId by,
        ImmutableArray<RosterTask> tasks,
        IEnumerable<ConferenceSession> sessions,
        ConferenceEditFacts facts,
        bool withRegistered
    )
    {
        var off = sessions.ToList();
        var cancelled = EditOutcome.Cancelled(state, tasks);
        var told = facts.Reach.People.Union(off.SelectMany(s => s.Speakers).Select(s => s.Consultant).OfType<PersonId>());
        var count = (withRegistered ? told.Union(state.Registered) : told).Count(person => person != by);
        return new()
        {
            DropsDraft = state.Draft is not null,
            Bookings = cancelled.Length,
            CancelledBookings = [.. cancelled.Take(ConferenceUse.MostNamed)],
            Sessions = off.Count,
            Told = count,
            Favourites = facts.Reach.Favourites,
            Places = facts.Reach.Places,
            Waiting = facts.Reach.Waiting,
            Registered = state.Registered.Count,
            NeedsReason = count > 0 || cancelled.Length > 0,
        };
    }

    /// <summary>
    /// A room that sessions use cannot be removed. While rosters have booked sessions in a room, its link cannot change, because their
    /// engagements stay in the room of the hospital.
    /// </summary>
    private static EditOutcome? InUse(ConferenceState state, Conference before, ConferenceText after)
    {
        var gone = before.Rooms.Select(r => r.Name).Except(after.Rooms.Select(r => r.Name)).ToHashSet();
        var relinked = Relinked(state.Header!, Written(state.Header!, after));
        ImmutableArray<ConferenceSession> users =
        [
            .. (state.Draft?.Sessions.Values.Select(s => s.Session) ?? state.Sessions.Values)
                .Where(s => gone.Contains(s.Room))
                .Concat(
                    state.Sessions.Values.Where(s =>
                        relinked.Contains(s.Room) && !s.Cancelled && s.Booking is BookingState.Booked or BookingState.Requested
                    )
                )
                .DistinctBy(s => s.Id)
                .OrderBy(s => s.Id.Value, StringComparer.Ordinal),
        ];
        return users.IsEmpty
            ? null
            : EditOutcome.Refuse(
                new Refusal(RecordCodes.InUse, "Sessions use a room that is removed or linked to another room.") { Place = "$.rooms" },
                new()
                {
                    UsedBy = [.. users.Take(ConferenceUse.MostNamed).Select(s => new ConferenceUse("sessions", s.Id.Value, s.Title))],
                    Uses = users.Length,
                }
            );
    }

    /// <summary>The names of the rooms whose links differ.</summary>
    private static HashSet<string> Relinked(Conference before, Conference after) =>
        [
            .. after
                .Rooms.Where(r =>
                    before.Rooms.FirstOrDefault(b => b.Name == r.Name) is var was && (was?.Hospital, was?.Room) != (r.Hospital, r.Room)
                )
                .Select(r => r.Name),
        ];

    private static Conference Written(Conference conference, ConferenceText text) =>
        conference with
        {
            Title = text.Title,
            TitleAr = text.TitleAr,
            TitleKo = text.TitleKo,
            Subtitle = text.Subtitle,
            TimeZone = text.TimeZone,
            FirstDay = text.FirstDay,
            LastDay = text.LastDay,
            DayChange = text.DayChange ?? conference.DayChange,
            Rooms = text.Rooms,
            Tracks = text.Tracks,
            Withdrawn = text.Withdrawn,
        };

    /// <summary>The message that lists the conference in its network's directory, or removes it there.</summary>
    private static OutboxMessage Listing(Conference header, bool gone = false) =>
        new(
            0,
            GrainId.Create("directory", $"{header.Network?.Value ?? "hub"}/conferences"),
            new Directories.ListEntry(ConferenceGrain.EntryOf(header) with { Gone = gone }),
            header.Id.Value
        );
}
