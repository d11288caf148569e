using ConsultHub.Hospitals;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests how what was done is recorded, who may do it, and what is refused.</summary>
public sealed class WorkTests
{
    private static readonly Actor Registrar = new(new("p-registrar"), Role.Registrar);
    private readonly RosterWorld _world = new();

    public WorkTests()
    {
        _world.Done(Plan("a", Kim, room: One) with { Kind = EngagementKind.Operation });
        _world.Now = Eight;
    }

    private static Complete Complete(Work? work = null) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new("a"),
            Work = work,
        };

    private static RecordWork Record(Work work, string? reason = null) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new("a"),
            Work = work,
            Reason = reason,
        };

    private static Undo Undo() => new() { CommandId = Guid.NewGuid(), Engagement = new("a") };

    [Fact]
    public void Counts_are_recorded_with_the_completion_and_an_undo_takes_both_back()
    {
        _world.Done(Complete(new(Operations: 3, Taught: 0)), As(Kim));
        Assert.Equal(new Work(Operations: 3, Taught: 0), _world["a"].Work);
        _world.Done(Undo());
        Assert.Equal((EngagementStatus.Confirmed, null), (_world["a"].Status, _world["a"].Work));
    }

    [Fact]
    public void Counts_of_which_none_is_said_are_no_counts()
    {
        _world.Done(Complete(new Work()));
        Assert.Null(_world["a"].Work);
    }

    [Fact]
    public void Counts_are_entered_later_without_a_reason_and_corrected_with_one()
    {
        Assert.Equal("roster.wrong-status", _world.Refusal(Record(new(Operations: 2))));
        _world.Done(Complete());
        _world.Done(Record(new(Operations: 2)), As(Kim));
        Assert.Equal("roster.reason-required", _world.Refusal(Record(new(Operations: 4))));
        Assert.Equal("roster.reason-required", _world.Refusal(Record(new(Operations: 4), " ")));
        _world.Done(Record(new(Operations: 4), "Two were missing."));
        Assert.Equal(4, _world["a"].Work!.Operations);
        _world.Done(Undo());
        Assert.Equal((EngagementStatus.Completed, 2), (_world["a"].Status, _world["a"].Work!.Operations));
    }

    [Fact]
    public void Its_consultants_and_coordinators_and_registrars_record_what_was_done_and_nobody_else()
    {
        _world.Done(Complete());
        foreach (var other in (Actor[])[As(Lee), new(new("p-auditor"), Role.Auditor), new(new("p-display"), Role.Display)])
            Assert.Equal("roster.not-allowed", _world.Refusal(Record(new(Operations: 1)), other));
        foreach (var actor in (Actor[])[As(Kim), Coordinator, Registrar])
            _world.Done(Record(new(Operations: 1), "Counted again."), actor);
        Assert.Equal("roster.not-allowed", _world.Refusal(Undo(), Registrar));
        Assert.Equal("roster.not-allowed", _world.Refusal(Complete(), Registrar));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(9_999, null)]
    [InlineData(-1, "roster.bad-count")]
    [InlineData(10_000, "roster.bad-count")]
    public void A_count_is_0_to_9999(int count, string? code)
    {
        foreach (
            var work in (Work[])[new(count), new(Evaluations: count), new(FollowUps: count), new(Operations: count), new(Taught: count)]
        )
        {
            Assert.Equal(code, CommandLimits.Against(Complete(work))?.Code);
            Assert.Equal(code, CommandLimits.Against(Record(work))?.Code);
        }
        Assert.Equal("roster.bad-count", CommandLimits.Against(Record(null!))?.Code);
    }

    private static Work Cases(params ProcedureCases[] cases) => new() { Procedures = [.. cases] };

    private void Agree(params Procedure[] procedures) =>
        _world.Hospitals[North] = _world.Hospitals[North] with { Procedures = [.. procedures] };

    [Fact]
    public void Cases_are_recorded_only_of_a_procedure_that_the_hospital_has_agreed_for_the_specialty()
    {
        var stent = new ProcedureCases(new("stent"), 2, 1);
        Assert.Equal("roster.unknown-procedure", _world.Refusal(Complete(Cases(stent))));
        Agree(new Procedure(new("stent"), "oncology", new("Stent"), 3, 5));
        Assert.Equal("roster.unknown-procedure", _world.Refusal(Complete(Cases(stent))));
        Agree(new Procedure(new("stent"), "cardiology", new("Stent"), 3, 5));
        _world.Done(Complete(Cases(stent)), As(Kim));
        Assert.Equal(Cases(stent), _world["a"].Work);
        // A correction keeps what was recorded, also after the procedure is gone. It cannot add another one.
        Agree();
        Assert.Equal("roster.unknown-procedure", _world.Refusal(Record(Cases(stent, new(new("other"), 1)), "Counted again.")));
        _world.Done(Record(Cases(stent with { Assisted = 5 }), "Counted again."));
        Assert.Equal(5, Assert.Single(_world["a"].Work!.Procedures).Assisted);
        _world.Done(Undo());
        Assert.Equal(Cases(stent), _world["a"].Work);
    }

    [Fact]
    public void Cases_alone_are_counts_and_their_order_says_nothing()
    {
        ProcedureCases one = new(new("one"), 1),
            two = new(new("two"), 0, 2);
        Assert.False(Cases(one).IsEmpty);
        Assert.True(new Work { Procedures = default }.IsEmpty);
        Assert.Equal(Cases(one, two), Cases(two, one));
        Assert.Equal(Cases(one, two).GetHashCode(), Cases(two, one).GetHashCode());
        Assert.NotEqual(Cases(one, two), Cases(one));
        Assert.NotEqual(Cases(one), Cases(one with { Assisted = 2 }));
        Assert.NotEqual(new Work(Operations: 1), Cases(one) with { Operations = 1 });
    }

    [Theory]
    [InlineData(0, 0, 1, null)]
    [InlineData(9_999, 0, 0, null)]
    [InlineData(0, 0, 0, "roster.bad-count")]
    [InlineData(5_000, 5_000, 0, "roster.bad-count")]
    [InlineData(-1, 3, 0, "roster.bad-count")]
    [InlineData(int.MaxValue, int.MaxValue, 0, "roster.bad-count")]
    public void A_line_of_a_procedure_has_1_to_9999_cases(int assisted, int supervised, int alone, string? code)
    {
        var work = Cases(new ProcedureCases(new("stent"), assisted, supervised, alone));
        Assert.Equal(code, CommandLimits.Against(Complete(work))?.Code);
        Assert.Equal(code, CommandLimits.Against(Record(work))?.Code);
    }

    [Fact]
    public void An_engagement_counts_at_most_20_procedures_and_each_once()
    {
        Work Many(int count) => Cases([.. Enumerable.Range(0, count).Select(i => new ProcedureCases(new($"p-{i}"), 1))]);
        Assert.Null(CommandLimits.Against(Complete(Many(20))));
        Assert.Equal("roster.too-many", CommandLimits.Against(Record(Many(21)))?.Code);
        var twice = Cases(new ProcedureCases(new("stent"), 1), new ProcedureCases(new("stent"), 2));
        Assert.Equal("roster.bad-count", CommandLimits.Against(Complete(twice))?.Code);
        Assert.Equal("roster.bad-count", CommandLimits.Against(Complete(Cases(new ProcedureCases(default, 1))))?.Code);
    }

    [Fact]
    public void A_changed_engagement_is_not_recorded_over()
    {
        _world.Done(Complete());
        Assert.Equal("roster.stale", _world.Refusal(Record(new(1)) with { ExpectedVersion = 1 }));
    }
}
