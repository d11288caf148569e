using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>The sessions of one cohort. Key: <c>{programme}/{cohort}</c>.</summary>
[Alias("hub.ICourseGrain")]
public interface ICourseGrain : IFactOwner, ILiveAuthority
{
    /// <summary>The sessions, without what lecture rooms know. Empty if the cohort has no session.</summary>
    [Alias("Get")]
    Task<Course> GetAsync();

    /// <summary>The course with what the lecture rooms of its sessions know. Empty if the cohort has no session.</summary>
    [Alias("Read")]
    Task<CourseSheet> ReadAsync();

    /// <summary>The newest comments of participants about a session, each person's last one, at most 100.</summary>
    [Alias("Comments")]
    Task<ImmutableArray<string>> CommentsAsync(EngagementId session);

    [Alias("Decide")]
    Task<ProgrammeReply> DecideAsync(Actor actor, CourseCommand command);
}

/// <summary>Follows what rosters tell of the sessions, and decides about presence and feedback.</summary>
[Reentrant, GrainType("course")]
internal sealed class CourseGrain(AuthorityServices services) : ProfileGrain<Course>("course", services), ICourseGrain
{
    private const int MostComments = 100;

    private readonly HostZones _zones = new();
    private EducationProgramme? _programme;

    private string[] Parts => this.GetPrimaryKeyString().Split('/');

    public Task<Course> GetAsync() => Task.FromResult(Stored.Profile ?? new());

    public async Task<CourseSheet> ReadAsync()
    {
        var (course, version, now) = (Stored.Profile ?? new(), Stored.Version, Clock.GetUtcNow());
        var rooms = await Task.WhenAll(
            course
                .Sessions.Values.Where(s => s.TakesPlace && s.Lecture is not null && s.Start <= now)
                .Select(async s =>
                    (
                        s.Engagement.Value,
                        (await GrainFactory.GetGrain<IAttendanceGrain>(s.Lecture!.Session.Value).AllAsync())
                            .Where(one => CourseRules.WasThere(s, one.Attended))
                            .Select(one => one.Person)
                            .ToImmutableArray()
                    )
                )
        );
        return new(course, version, rooms.ToImmutableDictionary(r => r.Item1, r => r.Item2));
    }

    public async Task<ImmutableArray<string>> CommentsAsync(EngagementId session)
    {
        var (found, seen) = (ImmutableArray.CreateBuilder<string>(), new HashSet<PersonId>());
        await foreach (var (entry, reason) in HistoryAsync(FeedbackOn(session), null))
        {
            // An answer without a comment leaves the earlier comment as it is.
            if (reason is not null && seen.Add(entry.By.Person))
                found.Add(reason);
            if (found.Count >= MostComments)
                break;
        }
        return found.DrainToImmutable();
    }

    public async Task<ProgrammeReply> DecideAsync(Actor actor, CourseCommand command)
    {
        if (IsRepeat(command.CommandId, out var version))
        {
            await WhenStoredAsync(version);
            return new(version);
        }
        await ReadProgrammeAsync();
        var wasThere =
            Head.Profile?.Find(command.Session) is { Lecture: { } lecture } session
            && CourseRules.WasThere(session, await GrainFactory.GetGrain<IAttendanceGrain>(lecture.Session.Value).OfAsync(actor.Person));
        if (IsRepeat(command.CommandId, out version))
        {
            await WhenStoredAsync(version);
            return new(version);
        }
        var (change, refusal) = CourseRules.Decide(
            Head.Profile ?? new(),
            Members(),
            actor.Person,
            command,
            wasThere,
            Clock.GetUtcNow(),
            HeadVersion + 1
        );
        if (refusal is not null)
            return new(Stored.Version, refusal.Code, refusal.Message, refusal.Place);
        return new(
            await CommitAsync(
                new(actor, command.CommandId, [change!])
                {
                    Reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(),
                    Subjects = command is GiveFeedback ? [FeedbackOn(command.Session)] : [.. change!.Sessions.Select(s => s.Key)],
                    Outbox = [.. ToParticipants(Head.Profile!.Find(command.Session)!, change!.Sessions[0], actor.Person)],
                }
            )
        );
    }

    private static string FeedbackOn(EngagementId session) => $"feedback/{session}";

    protected override Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message) =>
        message.Payload is PurposeTold ? ReadProgrammeAsync() : Task.CompletedTask;

    protected override Decision<ProfileEvent<Course>>? Receive(GrainId sender, OutboxMessage message)
    {
        if (message.Payload is not PurposeTold told)
            return null;
        var course = Head.Profile ?? new();
        var known = course.Find(told.Engagement.Id);
        // A message of the week that the engagement has left can arrive after one of its new week. One week's messages keep their order.
        var isOld = known is not null && known.Week != told.Week && message.At < known.ToldAt;
        if (isOld || (known is null && (told.IsGone || course.Sessions.Count >= CourseRules.MostSessions)))
            return null;
        var session = CourseRules.Follow(known, told, message.At, HeadVersion + 1);
        return new(new(told.By, Role.System), Guid.Empty, [new CourseChanged([session], [])])
        {
            Subjects = [session.Key],
            Outbox = [.. Notices(known, session, told.By)],
        };
    }

    /// <summary>Tells the participants. The trainers are told by the roster.</summary>
    private IEnumerable<OutboxMessage> Notices(CourseSession? before, CourseSession after, PersonId by) =>
        _programme is { } programme
        && CourseNotices.Of(programme, Parts[1], before, after, by, _zones.Network, Clock.GetUtcNow()) is { } notice
            ? Members().Where(m => m != by && after.IsFor(m) && !after.Trainers.Contains(m)).Select(m => CourseNotices.To(m, notice))
            : [];

    /// <summary>Tells those for whom a session is that was not before, and the other way round.</summary>
    private IEnumerable<OutboxMessage> ToParticipants(CourseSession before, CourseSession after, PersonId by) =>
        _programme is { } programme && after.TakesPlace && after.End > Clock.GetUtcNow()
            ? Members()
                .Where(m => m != by && before.IsFor(m) != after.IsFor(m) && !after.Trainers.Contains(m))
                .Select(m =>
                    CourseNotices.To(m, CourseNotices.OfParticipant(programme, Parts[1], after, after.IsFor(m), by, _zones.Network))
                )
            : [];

    /// <summary>The people who have a place in the cohort.</summary>
    private ImmutableHashSet<PersonId> Members() =>
        (_programme?.ApplicationsFor(Parts[1]) ?? [])
            .Where(a => a.Status == ApplicationStatus.Accepted)
            .Select(a => a.Person)
            .ToImmutableHashSet();

    private async Task ReadProgrammeAsync()
    {
        _programme = await GrainFactory.GetGrain<IProgrammeGrain>(Parts[0]).GetAsync();
        if (_programme is { } programme)
            await _zones.ReadAsync(GrainFactory, programme);
    }
}
