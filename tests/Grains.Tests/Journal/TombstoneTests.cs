using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Attendance;
using ConsultHub.Audit;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Directories;
using ConsultHub.Feeds;
using ConsultHub.Grave;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Lectures;
using ConsultHub.Live;
using ConsultHub.Mail;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;

namespace ConsultHub.Tests.Journal;

/// <summary>Every delta that an authority offers is complete. A reader who applies it shows the same as a reader who starts anew.</summary>
public sealed class TombstoneTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    private static readonly HashSet<Type> Removing =
    [
        typeof(Roster),
        typeof(Inbox),
        typeof(LectureRoom),
        typeof(ConferenceState),
        typeof(CatalogueState),
        typeof(ResearchBoard),
    ];

    // The items of these authorities are never removed.
    private static readonly HashSet<Type> Lasting =
    [
        typeof(AccessState),
        typeof(AccountState),
        typeof(AudienceState),
        typeof(AuditDaysState),
        typeof(AuditState),
        typeof(FeedState),
        typeof(GraveState),
        typeof(ImportState),
        typeof(MailQueue),
        typeof(AttendanceBook),
        typeof(DirectoryState),
        typeof(CertificateRegister),
        typeof(SigningKeys),
        typeof(ReleaseState),
        typeof(ScorecardReports),
        typeof(ProfileState<>),
    ];

    [Fact]
    public void Every_authority_is_listed_here()
    {
        var states = typeof(IAuthorityState<,>)
            .Assembly.GetTypes()
            .Where(t =>
                t is { IsInterface: false, IsAbstract: false }
                && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAuthorityState<,>))
            );
        Assert.Equal(
            Removing.Concat(Lasting).Select(t => t.Name).Order(StringComparer.Ordinal),
            states.Select(t => t.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_roster_offers_only_deltas_that_contain_all_removals() =>
        Check(
            new Roster(),
            Enumerable
                .Range(0, 620)
                .SelectMany(i =>
                    (ImmutableArray<RosterEvent>[])
                        [
                            [new EngagementChanged(Change.Planned, null, Engagement(i))],
                            [new EngagementChanged(Change.MovedAway, Engagement(i), null)],
                        ]
                )
        );

    [Fact]
    public void A_catalogue_offers_only_deltas_that_contain_all_removals() =>
        Check(
            new CatalogueState(),
            Enumerable
                .Range(0, 620)
                .SelectMany(i =>
                    (ImmutableArray<CatalogueTold>[])
                        [
                            [Told(i, gone: false)],
                            [Told(i, gone: true)],
                        ]
                )
        );

    private static CatalogueTold Told(int i, bool gone) =>
        new(new() { Profile = Programmes.Sample.Profile with { Id = new($"f-{i}") } }, gone ? 2 : 1, gone);

    [Fact]
    public void An_inbox_offers_only_deltas_that_contain_all_removals() =>
        Check(
            new Inbox(),
            Enumerable
                .Range(0, 500)
                .Select(i =>
                    (ImmutableArray<InboxEvent>)
                        [
                            new AlertRaised(
                                new Alert
                                {
                                    Id = $"a-{i}",
                                    Kind = AlertKind.TimeChanged,
                                    At = Ten.AddMinutes(i),
                                    Text = ImmutableDictionary<string, string>.Empty,
                                    Engagement = Engagement(i % 7),
                                }
                            ),
                        ]
                )
        );

    [Fact]
    public void A_board_of_research_offers_only_deltas_that_contain_all_removals() =>
        Check(
            new ResearchBoard(),
            Enumerable
                .Range(0, 500)
                .SelectMany(i =>
                    (ImmutableArray<ResearchEvent>[])
                        [
                            [
                                new InitiativeShown(
                                    new()
                                    {
                                        Id = new($"i-{i % 401}"),
                                        Kind = InitiativeKind.JointResearch,
                                        Title = new("An initiative"),
                                        Stage = InitiativeStage.Idea,
                                    }
                                ),
                            ],
                            [new InitiativeForgotten(new($"i-{i % 401}"))],
                        ]
                )
        );

    [Fact]
    public void A_lecture_offers_only_deltas_that_contain_all_removals() =>
        Check(
            new LectureRoom(),
            Enumerable
                .Range(0, 620)
                .SelectMany(i =>
                    (ImmutableArray<LectureEvent>[])
                        [
                            [
                                new HandRaised(
                                    new RaisedHand
                                    {
                                        Person = new($"p-{i % 601}"),
                                        Name = new("Somebody"),
                                        At = Ten,
                                    }
                                ),
                            ],
                            [new HandLowered(new($"p-{i % 601}"))],
                        ]
                )
        );

    [Fact]
    public void A_conference_offers_only_deltas_that_contain_all_removals()
    {
        ConferenceSession Session(int n) =>
            new()
            {
                Id = new($"c-{n}"),
                Title = $"Session {n}",
                Start = Ten,
            };
        ProgrammeImported Import(Conference? header, IEnumerable<int> sessions, IEnumerable<int> removed) =>
            new(
                header,
                [.. sessions.Select(Session)],
                [.. removed.Select(n => new SessionId($"c-{n}"))],
                [],
                [],
                new ImportOutcome(0, 0, 0, 0)
            );
        var header = new Conference
        {
            Id = new("c"),
            Title = "C",
            TimeZone = "Asia/Dubai",
        };
        DraftStarted Start(params IEnumerable<int> sessions) =>
            new(
                new DraftHead
                {
                    Conference = header,
                    StartedAt = Ten,
                    StartedBy = new("p"),
                    After = 0,
                },
                [.. sessions.Select(Session)]
            );
        Check<ConferenceState, ConferenceEvent>(
            new(),
            [
                [Import(header, Enumerable.Range(0, 1500), [])],
                [Import(null, [], Enumerable.Range(10, 1490))],
                [Import(null, Enumerable.Range(10, 1490), [])],
                [Start(0, 1)],
                [new DraftEnded()],
                [Start(1, 2)],
                [new DraftEdited(null, [Session(3)], [new("c-2")])],
                [new DraftEnded()],
                [Import(null, [], Enumerable.Range(10, 1490))],
                [Import(null, Enumerable.Range(1500, 4500), [])],
                [Import(null, [], Enumerable.Range(1500, 4500))],
                [Import(null, Enumerable.Range(0, 3), [])],
                [Import(null, [], Enumerable.Range(0, 3))],
            ]
        );
    }

    [Fact]
    public void Items_of_an_audience_are_never_removed()
    {
        SessionId Of(int i) => new($"s-{i % 3}");
        Check(
            new AudienceState(),
            Enumerable
                .Range(0, 60)
                .SelectMany(i =>
                    (ImmutableArray<AudienceEvent>[])
                        [
                            [new CapacitySet(Of(i), i)],
                            [new PlaceTaken(Of(i), new("p-1"), false)],
                            [new PlaceLeft(Of(i), new("p-1"))],
                        ]
                )
        );
    }

    [Fact]
    public void Deltas_are_no_longer_offered_when_the_tombstones_that_they_need_are_dropped()
    {
        var two = Tombstones.None.With(["a", "b"], 3, 2);
        Assert.Equal(["a", "b"], two.Since(0)!.Select(t => t.Key));
        var three = two.With(["c"], 4, 2);
        Assert.Null(three.Since(2));
        Assert.Equal(["c"], three.Since(3)!.Select(t => t.Key));
        Assert.Equal(["b"], three.Without(new HashSet<string> { "c" }).Kept.Select(t => t.Key));
    }

    /// <summary>Applies a history. After each entry, checks the deltas that the state offers from a sample of earlier positions.</summary>
    private static void Check<TState, TEvent>(TState state, IEnumerable<ImmutableArray<TEvent>> history)
        where TState : IAuthorityState<TState, TEvent>
    {
        List<(long Version, HashSet<(string, long)> Shown)> pictures = [(0, [])];
        HashSet<string> members = [];
        var version = 0L;
        foreach (var events in history)
        {
            state = state.Apply(new JournalEntry<TEvent>(++version, Ten, Actor.System, Guid.NewGuid(), events, [], null, [], null));
            HashSet<(string, long)> shown = [.. state.ItemsSince(-1).Select(i => (i.Key, i.Version))];
            foreach (var (seen, picture) in pictures.Where((_, i) => i % Math.Max(1, pictures.Count / 20) == 0))
            {
                if (state.Tombstones.Since(seen) is not { } removed)
                    continue;
                var (gone, changed) = (
                    removed.Where(t => t.Version > seen).Select(t => t.Key).ToHashSet(),
                    state.ItemsSince(seen).ToDictionary(i => i.Key, i => i.Version)
                );
                HashSet<(string, long)> followed =
                [
                    .. picture.Where(p => !gone.Contains(p.Item1) && !changed.ContainsKey(p.Item1)),
                    .. changed.Select(c => (c.Key, c.Value)),
                ];
                Assert.True(
                    followed.SetEquals(shown),
                    $"The delta from {seen} to {version} is wrong: "
                        + string.Join(", ", followed.Except(shown).Concat(shown.Except(followed)).Take(3))
                );
            }
            pictures.Add((version, shown));
            members.UnionWith(shown.Select(s => s.Item1));
        }
        if (!Removing.Contains(typeof(TState)))
            return;
        // The history is so long that its beginning is forgotten, but the last delta can still be offered.
        Assert.Null(state.Tombstones.Since(0));
        Assert.NotNull(state.Tombstones.Since(version - 1));
        Assert.True(members.Count > pictures[^1].Shown.Count);
    }

    private static Engagement Engagement(int n) =>
        new()
        {
            Id = new($"e-{n}"),
            Kind = EngagementKind.Lecture,
            Title = "Lecture",
            Hospital = new("h-one"),
            Specialty = "oncology",
            Start = Ten.AddMinutes(n),
            End = Ten.AddMinutes(n + 30),
        };
}
