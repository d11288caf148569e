using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Journal;
using Orleans.Concurrency;

namespace ConsultHub.Lectures;

/// <summary>Decides commands with <see cref="LectureRules"/>, stores the decisions, and notices when a web node falls silent.</summary>
[Reentrant, GrainType("lecture")]
internal sealed class LectureGrain(AuthorityServices services)
    : AuthorityGrain<LectureRoom, LectureEvent>("lecture", services),
        ILectureGrain
{
    /// <summary>How often the grain checks for silent web nodes, and after how long without a report a node counts as gone.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5),
        Silence = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A report without reactions is stored only if the number of viewers has changed and this much time has passed since the last stored
    /// report. A report with reactions is always stored.
    /// </summary>
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (int Viewers, DateTimeOffset At)> _nodes = [];
    private DateTimeOffset _awakeSince,
        _counted;
    private IGrainTimer? _looking;

    private SessionId Session => new(this.GetPrimaryKeyString());

    public Task<Lecture?> GetAsync() => Task.FromResult(Stored.Lecture);

    public async Task<LectureReply> DecideAsync(LectureCaller caller, LectureCommand command)
    {
        var facts = command is OpenRoom open ? await FactsAsync(open.Conference) : null;
        if (IsRepeat(command.CommandId, out var version))
        {
            await WhenStoredAsync(version);
            return new LectureDone(version);
        }
        var outcome = LectureRules.Decide(Head, caller, command, Clock.GetUtcNow(), facts);
        if (outcome.Refused is { } refused)
            return refused;
        if (!outcome.Events.IsEmpty)
            return new LectureDone(await CommitAsync(new(caller.Actor, command.CommandId, outcome.Events)), outcome.Number);
        await WhenAllStoredAsync(); // an earlier decision made this command unnecessary, and that decision may not be stored yet
        return new LectureDone(StoredVersion);
    }

    public async Task<ImmutableArray<string?>> CastAsync(ImmutableArray<Vote> votes)
    {
        var (cast, codes) = LectureRules.Count(Head, votes);
        if (cast is not null)
            await CommitAsync(new(Actor.System, Guid.Empty, [cast]));
        return codes;
    }

    public async Task ReportAsync(string node, int viewers, ImmutableArray<ReactionCount> reactions)
    {
        if (Head.Lecture is null)
            return;
        _nodes[node] = (viewers, Clock.GetUtcNow());
        LookForSilence();
        await CountAsync(reactions);
    }

    public Task<ImmutableArray<Caption>> CaptionsAsync(string language) =>
        Task.FromResult(Stored.Captions.GetValueOrDefault(language)?.ToImmutableArray() ?? []);

    public Task<LectureMine> MineAsync(PersonId person) =>
        Task.FromResult(
            new LectureMine(
                [.. Stored.Questions.Values.Where(q => Stored.Askers[q.Number] == person)],
                [.. Stored.Voters.Where(v => v.Value.Contains(person)).Select(v => v.Key).Order()],
                [
                    .. Stored
                        .Ballots.Where(b => b.Value.ContainsKey(person))
                        .Select(b => new MyBallot(
                            b.Key,
                            [.. Enumerable.Range(0, LectureLimits.Choices).Where(i => (b.Value[person] & (1 << i)) != 0)]
                        )),
                ],
                Stored.Hands.ContainsKey(person)
            )
        );

    public Task<LectureTimeline> TimelineAsync() =>
        Task.FromResult(
            new LectureTimeline(
                Stored.Lecture?.RecordedFrom,
                [.. Stored.StageTurns],
                [.. Stored.SlideTurns],
                [.. Stored.Questions.Values.Where(q => q.State != QuestionState.Pending)]
            )
        );

    public Task<LectureMoments> MomentsAsync(DateTimeOffset from, DateTimeOffset to) =>
        Task.FromResult(LectureReplay.Between(Stored, from, to, Clock.GetUtcNow()));

    protected override bool HasOpenWork(LectureRoom state) => state.Lecture is { OnAir.IsEmpty: false };

    protected override Task ReconcileAsync()
    {
        if (_awakeSince == default)
            _awakeSince = Clock.GetUtcNow();
        if (HasOpenWork(Head))
            LookForSilence();
        return Task.CompletedTask;
    }

    protected override void OnStored(LectureRoom before, LectureRoom after)
    {
        if (HasOpenWork(after))
            LookForSilence();
    }

    private async Task<SessionFacts?> FactsAsync(ConferenceId id)
    {
        var conference = GrainFactory.GetGrain<IConferenceGrain>(id.Value);
        if (await conference.GetAsync() is not { } header || await conference.GetSessionAsync(Session) is not { } session)
            return null;
        var speakers = await Task.WhenAll(
            session
                .Speakers.Select(s => s.Consultant)
                .OfType<PersonId>()
                .Distinct()
                .Select(c => GrainFactory.GetGrain<IConsultantGrain>(c.Value).GetAsync())
        );
        return new(header, session, speakers.OfType<Consultant>().ToImmutableDictionary(c => c.Id, c => c.Name));
    }

    private Task CountAsync(ImmutableArray<ReactionCount> reactions)
    {
        var (pulse, now) = (Head.Pulse, Clock.GetUtcNow());
        var audience = _nodes.Values.Sum(n => n.Viewers);
        if (reactions.IsEmpty && (audience == pulse.Audience || now - _counted < CountEvery))
            return Task.CompletedTask;
        _counted = now;
        var totals = reactions.Aggregate(pulse.Reactions, (all, r) => all.SetItem(r.Reaction, all.GetValueOrDefault(r.Reaction) + r.Count));
        return CommitAsync(new(Actor.System, Guid.Empty, [new PulseCounted(pulse with { Audience = audience, Reactions = totals })]));
    }

    private void LookForSilence() =>
        _looking ??= this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(LookEvery, LookEvery) { Interleave = true });

    /// <summary>
    /// Removes the viewers and the streams of web nodes that have been silent for <see cref="Silence"/>. For a node that has never
    /// reported, the time counts from the activation of the grain or from the start of the stream, whichever is later.
    /// </summary>
    private async Task LookAsync(CancellationToken cancel)
    {
        var now = Clock.GetUtcNow();
        foreach (var node in _nodes.Where(n => now - n.Value.At > Silence).Select(n => n.Key).ToList())
            _nodes.Remove(node);
        if (Head.Lecture is not { } lecture)
            return;
        var lost = lecture
            .OnAir.Where(s => !_nodes.ContainsKey(s.Node) && now - s.Since > Silence && now - _awakeSince > Silence)
            .ToImmutableArray();
        if (!lost.IsEmpty)
            await CommitAsync(
                new(Actor.System, Guid.Empty, [new LectureChanged(lecture with { OnAir = lecture.OnAir.RemoveRange(lost) })])
            );
        await CountAsync([]);
        if (_nodes.Count > 0 || Head.Lecture.OnAir.Length > 0)
            return;
        _looking?.Dispose();
        _looking = null;
    }
}
