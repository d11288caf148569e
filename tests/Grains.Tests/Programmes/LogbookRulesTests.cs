using System.Collections.Immutable;
using ConsultHub.Live;
using ConsultHub.Programmes;

namespace ConsultHub.Tests.Programmes;

/// <summary>What a logbook takes from whom, without a silo.</summary>
public sealed class LogbookRulesTests
{
    private static readonly PersonId Trainee = Sample.Person(1),
        Supervisor = new("p-supervisor"),
        Other = new("p-other");

    private static readonly LogbookFacts Facts = new(
        RotationRulesTests.Programme,
        Trainee,
        [(RotationRulesTests.Stay("a", 1, "unit", "2027-03-01", "2027-03-31"), new(2027, 3, 20))]
    );

    [Fact]
    public void Cases_are_logged_corrected_returned_and_signed_and_then_stay()
    {
        var logbook = After(new(), Trainee, Log("e1", cases: 2));
        Assert.Equal((2, 0), logbook.CasesOf("biopsy"));
        Assert.Equal(Supervisor, logbook.Entries["e1"].Supervisor);
        logbook = After(logbook, Trainee, Log("e1", cases: 3));
        Assert.Equal(LogbookCodes.ReasonMissing.Name, Code(logbook, Supervisor, new ReturnCases { CommandId = New, Entries = ["e1"] }));
        logbook = After(
            logbook,
            Supervisor,
            new ReturnCases
            {
                CommandId = New,
                Entries = ["e1"],
                Reason = "Two of them were observed.",
            }
        );
        Assert.Equal(LogStatus.Returned, logbook.Entries["e1"].Status);
        logbook = After(logbook, Trainee, Log("e1", cases: 1));
        Assert.Equal(LogStatus.Submitted, logbook.Entries["e1"].Status);
        logbook = After(logbook, Supervisor, new SignCases { CommandId = New, Entries = ["e1"] });
        Assert.Equal((1, 1), logbook.CasesOf("biopsy"));
        Assert.Equal(LogbookCodes.AlreadySigned.Name, Code(logbook, Trainee, Log("e1")));
        Assert.Equal(LogbookCodes.AlreadySigned.Name, Code(logbook, Trainee, new RemoveCases { CommandId = New, Entry = "e1" }));
    }

    [Fact]
    public void Only_the_person_logs_and_only_the_named_supervisor_or_who_decides_signs()
    {
        var logbook = After(new(), Trainee, Log("e1"));
        var sign = new SignCases { CommandId = New, Entries = ["e1"] };
        Assert.Equal(LogbookCodes.OthersLogbook.Name, Code(logbook, Supervisor, Log("e2")));
        Assert.Equal(LogbookCodes.OwnLogbook.Name, Code(logbook, Trainee, sign));
        Assert.Equal(LogbookCodes.OtherSupervisor.Name, Code(logbook, Other, sign));
        Assert.Equal(LogbookCodes.OwnLogbook.Name, Code(logbook, Trainee, sign with { Decides = true }));
        Assert.Equal(LogStatus.SignedOff, After(logbook, Other, sign with { Decides = true }).Entries["e1"].Status);
    }

    [Theory]
    [InlineData("ward", "2027-03-10", 1, "logbook.unknown-activity", "$.activity")]
    [InlineData("biopsy", "2027-02-28", 1, "logbook.no-rotation", "$.day")]
    [InlineData("biopsy", "2027-03-21", 1, "logbook.in-future", "$.day")]
    [InlineData("biopsy", "2027-03-10", 0, "logbook.bad-command", "$.cases")]
    [InlineData("biopsy", "2027-03-10", 101, "logbook.bad-command", "$.cases")]
    public void Cases_that_cannot_be_are_refused_with_the_place(string activity, string day, int cases, string code, string place)
    {
        var refusal = Decide(new(), Trainee, Log("e1", activity, day, cases)).Refusal!;
        Assert.Equal((code, place), (refusal.Code.Name, refusal.Place));
    }

    [Fact]
    public void One_unknown_entry_keeps_all_from_being_signed()
    {
        var logbook = After(new(), Trainee, Log("e1"));
        var (items, refusal) = Decide(logbook, Supervisor, new SignCases { CommandId = New, Entries = ["e1", "e2"] });
        Assert.Empty(items);
        Assert.Equal(LogbookCodes.UnknownEntry.Name, refusal!.Code.Name);
        Assert.Equal(LogbookCodes.BadCommand.Name, Code(logbook, Supervisor, new SignCases { CommandId = New, Entries = ["e1", "e1"] }));
    }

    [Fact]
    public void A_person_is_complete_with_the_cases_the_level_and_a_final_assessment()
    {
        var logbook = After(new(), Trainee, Log("e1", cases: 3));
        logbook = After(logbook, Supervisor, new SignCases { CommandId = New, Entries = ["e1"] });
        Assert.False(Progress(logbook).Activities[0].IsMet);
        logbook = After(logbook, Supervisor, Entrusted(EntrustmentLevel.DirectSupervision));
        Assert.False(Progress(logbook).Activities[0].IsMet);
        logbook = After(logbook, Supervisor, Entrusted(EntrustmentLevel.Unsupervised));
        Assert.True(Progress(logbook).Activities[0].IsMet);
        Assert.False(Progress(logbook).IsComplete);
        logbook = After(logbook, Supervisor, Assessed(AssessmentResult.NeedsWork));
        Assert.False(Progress(logbook).IsComplete);
        logbook = After(logbook, Supervisor, Assessed(AssessmentResult.Meets));
        Assert.True(Progress(logbook).IsComplete);
        Assert.Single(logbook.Assessments);
    }

    [Fact]
    public void Who_does_not_supervise_the_person_yet_does_not_judge()
    {
        var later = Facts with { Rotations = [(Facts.Rotations[0].Rotation, new(2027, 2, 1))] };
        Assert.Equal(
            LogbookCodes.OtherSupervisor,
            LogbookRules.Decide(new(), later, Supervisor, Entrusted(EntrustmentLevel.Observe), Sample.ApplyBy, 1).Refusal!.Code
        );
        Assert.Equal(LogbookCodes.OtherSupervisor.Name, Code(new(), Other, Assessed(AssessmentResult.Meets)));
        Assert.Equal(LogbookCodes.OwnLogbook.Name, Code(new(), Trainee, Assessed(AssessmentResult.Meets) with { Decides = true }));
        Assert.Equal(LogbookCodes.ReasonMissing.Name, Code(new(), Supervisor, Assessed(AssessmentResult.Meets) with { Reason = " " }));
    }

    [Fact]
    public void A_judgement_about_something_that_has_changed_since_it_was_seen_is_refused()
    {
        var logbook = After(new(), Trainee, Log("e1", cases: 1)); // version 1
        var sign = new SignCases { CommandId = New, Entries = ["e1"] };
        Assert.Equal(LogbookCodes.Stale.Name, Code(logbook, Supervisor, sign with { Seen = 0 }));
        Assert.Null(Code(logbook, Supervisor, sign with { Seen = 1 }));
        logbook = After(
            After(logbook, Supervisor, Entrusted(EntrustmentLevel.Observe)),
            Supervisor,
            Assessed(AssessmentResult.DoesNotMeet)
        );
        Assert.Equal(LogbookCodes.Stale.Name, Code(logbook, Supervisor, Entrusted(EntrustmentLevel.Unsupervised) with { Seen = 0 }));
        Assert.Equal(LogbookCodes.Stale.Name, Code(logbook, Supervisor, Assessed(AssessmentResult.Meets) with { Seen = 0 }));
    }

    [Fact]
    public void A_new_supervisor_of_the_rotation_signs_what_waits()
    {
        var logbook = After(new(), Trainee, Log("e1"));
        var rotation = Facts.Rotations[0].Rotation with { Supervisor = Other };
        var facts = Facts with { Rotations = [(rotation, new(2027, 3, 20))] };
        Assert.Null(
            LogbookRules.Decide(logbook, facts, Other, new SignCases { CommandId = New, Entries = ["e1"] }, Sample.ApplyBy, 2).Refusal
        );
    }

    private static Guid New => Guid.NewGuid();

    private static LogCases Log(string entry, string activity = "biopsy", string day = "2027-03-10", int cases = 1) =>
        new()
        {
            CommandId = New,
            Entry = entry,
            Activity = activity,
            Day = DateOnly.Parse(day, null),
            Cases = cases,
            Role = CaseRole.Supervised,
        };

    private static Entrust Entrusted(EntrustmentLevel level) =>
        new()
        {
            CommandId = New,
            Activity = "biopsy",
            Level = level,
        };

    private static Assess Assessed(AssessmentResult result) =>
        new()
        {
            CommandId = New,
            Kind = AssessmentKind.Final,
            Result = result,
            Reason = "A calm doctor.",
        };

    private static (ImmutableArray<TopicItem> Items, Refusal? Refusal) Decide(Logbook logbook, PersonId by, LogbookCommand command) =>
        LogbookRules.Decide(logbook, Facts, by, command, Sample.ApplyBy, 1);

    private static string? Code(Logbook logbook, PersonId by, LogbookCommand command) => Decide(logbook, by, command).Refusal?.Code.Name;

    private static Logbook After(Logbook logbook, PersonId by, LogbookCommand command)
    {
        var (items, refusal) = Decide(logbook, by, command);
        Assert.Null(refusal);
        return new LogbookChanged(items).After(logbook);
    }

    private static ProgrammeProgress Progress(Logbook logbook) => ProgrammeProgress.Of(Facts.Programme, logbook);
}
