using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests why an engagement needs attention, and when it no longer needs attention.</summary>
public sealed class AttentionTests
{
    private readonly RosterWorld _world = new();

    public AttentionTests() => _world.Done(Plan("a", Kim, room: One));

    private ImmutableArray<AttentionReason>? Recheck() =>
        AttentionRules.Recheck(_world.Roster, _world["a"], _world.Facts(), _world.Now)?.After!.Attention;

    /// <summary>Rechecks the engagement against the present facts and applies the change.</summary>
    private void Rechecked()
    {
        var change = AttentionRules.Recheck(_world.Roster, _world["a"], _world.Facts(), _world.Now);
        Assert.NotNull(change);
        _world.Happened(change);
    }

    private void IsIll(PersonId person) =>
        _world.Consultants[person] = _world.Consultants[person] with { Absences = [new Absence(Eight.AddDays(-1), Eight.AddDays(1))] };

    [Fact]
    public void Each_kind_of_lapsed_fact_gives_a_reason_for_attention()
    {
        Assert.Null(Recheck());
        var (kim, north) = (_world.Consultants[Kim], _world.Hospitals[North]);
        void Says(AttentionReason reason)
        {
            Assert.Equal([reason], Recheck()!.Value);
            (_world.Consultants[Kim], _world.Hospitals[North]) = (kim, north);
            Assert.Null(Recheck());
        }

        _world.Consultants[Kim] = kim with { Credentials = [] };
        Says(AttentionReason.CredentialLapsed);
        _world.Consultants[Kim] = kim with { Visits = [] };
        Says(AttentionReason.OutsideVisit);
        IsIll(Kim);
        Says(AttentionReason.ConsultantAbsent);
        _world.Consultants.Remove(Kim);
        Says(AttentionReason.ConsultantAbsent);
        _world.Hospitals[North] = north with { Closures = [new Closure(One, Eight, Eight.AddHours(1))] };
        Says(AttentionReason.HospitalClosed);
        _world.Hospitals[North] = north with { Rooms = [] };
        Says(AttentionReason.RoomGone);
    }

    [Fact]
    public void Reasons_that_arise_together_are_all_given_and_are_removed_one_by_one()
    {
        IsIll(Kim);
        _world.Hospitals[North] = _world.Hospitals[North] with { Closures = [new Closure(null, Eight, Eight.AddHours(1))] };
        Rechecked();
        Assert.Equal([AttentionReason.ConsultantAbsent, AttentionReason.HospitalClosed], _world["a"].Attention);
        _world.Hospitals[North] = NewHospital(North);
        Rechecked();
        Assert.Equal([AttentionReason.ConsultantAbsent], _world["a"].Attention);
    }

    [Fact]
    public void An_engagement_that_is_over_or_cancelled_gets_no_reason_for_attention()
    {
        IsIll(Kim);
        _world.Now = Eight.AddHours(1);
        Assert.Null(Recheck());
        _world.Now = Eight;
        Assert.NotNull(Recheck());
        _world.Done(
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Reason = "Off.",
            }
        );
        Assert.Null(Recheck());
    }

    [Fact]
    public void Assigning_the_engagement_to_an_available_consultant_removes_the_reason()
    {
        IsIll(Kim);
        Rechecked();
        _world.Done(Assign("a", Lee));
        Assert.Empty(_world["a"].Attention);
    }

    [Fact]
    public void Attention_is_needed_until_the_candidate_accepts()
    {
        IsIll(Kim);
        Rechecked();
        _world.Done(Propose("a", Lee, Kim));
        Assert.Equal([AttentionReason.ConsultantAbsent], _world["a"].Attention);
        _world.Done(
            new Accept
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Proposal = _world["a"].Proposal!.Id,
            },
            As(Lee)
        );
        Assert.Empty(_world["a"].Attention);
    }

    [Fact]
    public void Moving_an_engagement_out_of_a_closure_removes_the_reason()
    {
        _world.Hospitals[North] = _world.Hospitals[North] with { Closures = [new Closure(null, Eight, Eight.AddHours(1))] };
        Rechecked();
        _world.Done(Move("a", 1));
        Assert.Empty(_world["a"].Attention);
    }

    [Fact]
    public void A_candidate_who_is_only_asked_and_is_no_longer_known_gives_no_reason_for_attention()
    {
        _world.Done(Propose("a", Lee, Kim));
        _world.Consultants.Remove(Lee);
        Assert.Null(Recheck());
    }

    [Fact]
    public void An_engagement_without_a_consultant_needs_attention_until_it_has_one()
    {
        _world.Done(Plan("b", at: 3));
        Assert.Equal([AttentionReason.NoConsultant], _world["b"].Attention);
        _world.Done(Assign("b", Kim));
        Assert.Empty(_world["b"].Attention);
        _world.Done(Assign("b"));
        Assert.Equal([AttentionReason.NoConsultant], _world["b"].Attention);
    }

    [Fact]
    public void A_completed_engagement_needs_no_attention()
    {
        IsIll(Kim);
        Rechecked();
        _world.Now = Eight;
        _world.Done(new Complete { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.Empty(_world["a"].Attention);
    }
}
