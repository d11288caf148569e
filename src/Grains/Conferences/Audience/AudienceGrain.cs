using System.Collections.Immutable;
using System.Security.Cryptography;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Conferences.Audience;

/// <summary>
/// The only writer of a conference's places and favourite marks. It decides one request after another. Because of this, it never gives away
/// more places than a session has, and it finds every person whom a release concerns.
/// </summary>
[Reentrant, GrainType("audience")]
internal sealed class AudienceGrain(AuthorityServices services)
    : AuthorityGrain<AudienceState, AudienceEvent>("audience", services),
        IAudienceGrain
{
    private const int LongestText = 1_000,
        MostTexts = 500,
        MostFavourites = 2_000;

    private ConferenceId Id => new(this.GetPrimaryKeyString());

    public async Task<AudienceReply> RegisterAsync(Actor actor, SessionId session)
    {
        var (facts, refused) = await FactsAsync(session);
        if (facts is null)
            return refused!;
        if (facts.Session.Cancelled)
            return new(AudienceCodes.SessionCancelled, "The session is cancelled.");
        if (facts.Session.Start is { } start && start + facts.Session.Duration < Clock.GetUtcNow())
            return new(AudienceCodes.SessionOver, "The session is over.");
        await DecideAsync(actor, facts, AudienceRules.Register(Head.Of(session), session, actor.Person));
        return new(Place: Own(session, actor.Person));
    }

    public async Task<AudienceReply> LeaveAsync(Actor actor, SessionId session)
    {
        var (facts, refused) = await FactsAsync(session);
        if (facts is null)
            return refused!;
        if (Head.Of(session).CheckedIn.ContainsKey(actor.Person) && facts.Session.Start <= Clock.GetUtcNow())
            return new(
                AudienceCodes.PlaceUsed,
                "The session has begun, and you were let in. You keep the place.",
                Own(session, actor.Person)
            );
        await DecideAsync(actor, facts, AudienceRules.Leave(Head.Of(session), session, actor.Person));
        return new(Place: Own(session, actor.Person));
    }

    public async Task<AudienceReply> SetCapacityAsync(Actor actor, SessionId session, int? capacity)
    {
        if (capacity is < 0 or > AudienceRules.MostPlaces)
            return new(AudienceCodes.BadCapacity, $"A session can have 0 to {AudienceRules.MostPlaces} places.");
        var (facts, refused) = await FactsAsync(session);
        if (facts is null)
            return refused!;
        await DecideAsync(actor, facts, AudienceRules.SetCapacity(Head.Of(session), session, capacity));
        return new();
    }

    public Task<ImmutableArray<SessionId>> FavouritesAsync(PersonId person) =>
        Task.FromResult<ImmutableArray<SessionId>>([.. Stored.MarkedBy(person)]);

    public async Task<bool> SetFavouriteAsync(Actor actor, SessionId session, bool marked)
    {
        if (Head.Of(session).Marked.Contains(actor.Person) == marked)
        {
            await WhenAllStoredAsync();
            return true;
        }
        if (marked && Head.MarkedBy(actor.Person).Count() >= MostFavourites)
            return false;
        await CommitAsync(new(actor, Guid.NewGuid(), [new FavouriteSet(session, actor.Person, marked)]));
        return true;
    }

    public Task<ImmutableArray<OwnPlace>> MineAsync(PersonId person) =>
        Task.FromResult<ImmutableArray<OwnPlace>>([
            .. Stored
                .Sessions.Keys.Select(s => Own(s, person))
                .Where(p => p.Registered || p.WaitingAt is not null || p.Stars is not null)
                .OrderBy(p => p.Session.Value, StringComparer.Ordinal),
        ]);

    public async Task<Ticket> TicketAsync(PersonId person)
    {
        ImmutableArray<byte>? made = Head.Secret.IsEmpty ? [.. RandomNumberGenerator.GetBytes(32)] : null;
        var secret = made ?? Head.Secret;
        var ticket = new Ticket(AudienceRules.CodeOf(secret.AsSpan(), person), AudienceRules.TokenOf(secret.AsSpan(), Id, person));
        // A conference stores the codes of at most 20,000 tickets. The QR codes of later tickets work, but their typed codes do not.
        if (!Head.Tickets.ContainsKey(ticket.Code) && Head.Tickets.Count < AudienceRules.MostTickets)
            await CommitAsync(new(new Actor(person, Role.Attendee), Guid.NewGuid(), [new TicketIssued(ticket.Code, person, made)]));
        else
            await WhenAllStoredAsync();
        return ticket;
    }

    public async Task<AudienceReply> CheckInAsync(Actor actor, SessionId session, string code)
    {
        var (facts, refused) = await FactsAsync(session);
        if (facts is null)
            return refused!;
        if (facts.Session.Cancelled)
            return new(AudienceCodes.SessionCancelled, "The session is cancelled.");
        if (facts.Session.Start is not { } start || Clock.GetUtcNow() < start - AudienceRules.DoorsOpen)
            return new(
                AudienceCodes.CheckInTooEarly,
                $"People can enter from {AudienceRules.DoorsOpen.TotalMinutes} minutes before the session."
            );
        if (AudienceRules.Read(Head, Id, code) is not { } person)
            return new(AudienceCodes.UnknownTicket, "This is not a ticket of this conference.");
        if (AudienceRules.CheckIn(Head.Of(session), session, person, Clock.GetUtcNow()) is not { } events)
            return new(AudienceCodes.CheckInFull, "All places are taken, and this person does not have one.", Own(session, person), person);
        await DecideAsync(actor, facts, events);
        return new(
            events.IsEmpty ? AudienceCodes.CheckedInAgain : null,
            events.IsEmpty ? "This person has already been let in." : null,
            Own(session, person),
            person
        );
    }

    public async Task<AudienceReply> GiveFeedbackAsync(Actor actor, SessionId session, int stars, string? text, bool attended)
    {
        if (stars is < 1 or > 5 || text?.Length > LongestText)
            return new(AudienceCodes.BadFeedback, $"Feedback has 1 to 5 stars and at most {LongestText} characters of text.");
        var (facts, refused) = await FactsAsync(session);
        if (facts is null)
            return refused!;
        if (facts.Session.Start is not { } start || start > Clock.GetUtcNow())
            return new(AudienceCodes.FeedbackTooEarly, "The session has not begun yet.");
        if (!attended && !Head.Of(session).CheckedIn.ContainsKey(actor.Person))
            return new(AudienceCodes.FeedbackNotThere, "Only people who attended the session can give feedback.");
        await CommitAsync(
            new(actor, Guid.NewGuid(), [new FeedbackGiven(session, actor.Person, stars)])
            {
                Reason = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
                Subjects = [$"feedback/{session}"],
            }
        );
        return new(Place: Own(session, actor.Person));
    }

    public async Task<FeedbackSummary> FeedbackAsync(SessionId session)
    {
        var stars = Stored.Of(session).Stars;
        HashSet<PersonId> read = [];
        List<string> texts = [];
        await foreach (var (entry, text) in HistoryAsync($"feedback/{session}", null))
        {
            // The history is read from the newest entry, so only the newest text of each person is taken.
            if (read.Add(entry.By.Person) && text is not null)
                texts.Add(text);
            if (texts.Count == MostTexts)
                break;
        }
        return new([.. Enumerable.Range(1, 5).Select(n => stars.Values.Count(s => s == n))], [.. texts]);
    }

    public Task<ImmutableDictionary<SessionId, ImmutableArray<PersonId>>> FeedbackGivenByAsync() =>
        Task.FromResult(
            Stored.Sessions.Where(s => !s.Value.Stars.IsEmpty).ToImmutableDictionary(s => s.Key, s => s.Value.Stars.Keys.ToImmutableArray())
        );

    public Task<ImmutableArray<AudienceMember>> ListAsync(SessionId session)
    {
        var audience = Stored.Of(session);
        AudienceMember Member(PersonId person, bool waiting) =>
            new(person, waiting, audience.CheckedIn.TryGetValue(person, out var at) ? at : null);
        return Task.FromResult<ImmutableArray<AudienceMember>>([
            .. audience.Registered.Select(p => Member(p, false)),
            .. audience.Waiting.Select(p => Member(p, true)),
        ]);
    }

    public Task<AudienceReach> ReachAsync(ImmutableArray<SessionId> sessions)
    {
        var of = sessions.Select(Stored.Of).ToList();
        return Task.FromResult(
            new AudienceReach(
                of.Sum(s => s.Marked.Count),
                of.Sum(s => s.Registered.Count),
                of.Sum(s => s.Waiting.Count),
                [.. of.SelectMany(s => s.Marked.Concat(s.Registered).Concat(s.Waiting)).Distinct()]
            )
        );
    }

    protected override Decision<AudienceEvent>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload switch
        {
            ReleaseTold release => new(new Actor(release.By, Role.Coordinator), Guid.Empty, [])
            {
                Outbox = [.. AudienceRules.Concerned(Head, release).Select(c => Notices.OfRelease(c.Person, release, c.Differences))],
            },
            EndAudience => new(Actor.System, Guid.Empty, [new AudienceEnded()]),
            _ => null,
        };

    private async Task<(SessionContext? Facts, AudienceReply? Refused)> FactsAsync(SessionId session)
    {
        var conference = GrainFactory.GetGrain<IConferenceGrain>(Id.Value);
        return await conference.GetAsync() is { } header && await conference.GetSessionAsync(session) is { } found
            ? (new(header, found), null)
            : (null, new(SessionCodes.Unknown, "There is no such session."));
    }

    private async Task DecideAsync(Actor actor, SessionContext facts, ImmutableArray<AudienceEvent> events)
    {
        if (events.IsEmpty)
        {
            await WhenAllStoredAsync();
            return;
        }
        var promoted = events
            .OfType<PlaceGiven>()
            .Where(g => g.Person != actor.Person && !events.OfType<CheckedIn>().Any(c => c.Person == g.Person));
        var cameIn = events
            .OfType<CheckedIn>()
            .Select(c => new OutboxMessage(
                0,
                GrainId.Create("attendance", facts.Session.Id.Value),
                new CameInTold(Id, facts.Session.Title, c.Person, c.At, actor.Person)
            ));
        var tookBack = events
            .OfType<PlaceLeft>()
            .Where(l => Head.Of(l.Session).CheckedIn.ContainsKey(l.Person))
            .Select(l => new OutboxMessage(0, GrainId.Create("attendance", facts.Session.Id.Value), new CheckInTakenBack(l.Person)));
        await CommitAsync(
            new(actor, Guid.NewGuid(), events)
            {
                Outbox =
                [
                    .. tookBack,
                    .. promoted.Select(g => Notices.OfPlace(g.Person, facts.Conference, facts.Session, actor.Person)),
                    .. cameIn,
                ],
            }
        );
    }

    private OwnPlace Own(SessionId session, PersonId person)
    {
        var audience = Stored.Of(session);
        var waiting = audience.Waiting.IndexOf(person);
        return new(
            session,
            audience.Registered.Contains(person),
            waiting < 0 ? null : waiting + 1,
            audience.CheckedIn.TryGetValue(person, out var at) ? at : null,
            audience.Stars.TryGetValue(person, out var stars) ? stars : null
        );
    }

    private sealed record SessionContext(Conference Conference, ConferenceSession Session);
}
