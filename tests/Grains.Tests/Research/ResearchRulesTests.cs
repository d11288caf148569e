using ConsultHub.Records;
using ConsultHub.Research;
using static ConsultHub.Tests.Research.ResearchWorld;

namespace ConsultHub.Tests.Research;

/// <summary>The pure rules about initiatives: which changes are refused, with which code, and at which field.</summary>
public sealed class ResearchRulesTests
{
    [Theory]
    [InlineData("10.1000/182", "10.1000/182")]
    [InlineData("https://doi.org/10.1000/182", "10.1000/182")]
    [InlineData("http://dx.doi.org/10.1000.10/ABC(2)-x;y", "10.1000.10/ABC(2)-x;y")]
    [InlineData("doi: 10.5555/a/b", "10.5555/a/b")]
    [InlineData("https://doi.org/10.1000/a%3Cb", "10.1000/a<b")]
    public void A_DOI_is_stored_without_its_address(string entered, string stored)
    {
        var output = new ResearchOutput("o", OutputKind.Publication, "A paper") { Doi = entered };
        Assert.Equal(stored, output.Doi);
        Assert.Equal(stored, Done(Begun, output).Outputs[0].Doi);
    }

    [Theory]
    [InlineData("11.1000/182"), InlineData("10.1000"), InlineData("10.1000/"), InlineData("10.10/182"), InlineData("10.0100/1")]
    [InlineData("https://example.org/10.1000/182"), InlineData("10.1000/a b"), InlineData("see 10.1000/182"), InlineData("none")]
    public void What_is_not_a_DOI_is_refused(string entered) =>
        Assert.Equal(("research.bad-doi", "doi"), Fault(Begun, new ResearchOutput("o", OutputKind.Dataset, "Data") { Doi = entered }));

    [Theory, InlineData("https://example.org/a?b=c", true), InlineData("http://example.org", true), InlineData("ftp://example.org", false)]
    [InlineData("javascript:alert(1)", false), InlineData("example.org", false), InlineData("https://", false)]
    [InlineData("data:text/html,x", false), InlineData("https://somebody:secret@example.org", false)]
    public void A_document_has_a_link_with_http_or_https(string link, bool allowed)
    {
        var paper = new Paper("p", "Protocol", link);
        if (allowed)
            Done(Begun, paper);
        else
            Assert.Equal(("research.bad-link", "link"), Fault(Begun, paper));
    }

    [Fact]
    public void A_document_needs_a_link_or_a_reference()
    {
        Assert.Equal(("record.required", "link"), Fault(Begun, new Paper("p", "Protocol")));
        Done(Begun, new Paper("p", "Protocol", null, "File 7"));
    }

    [Theory]
    [InlineData(InitiativeStage.Idea, false), InlineData(InitiativeStage.Protocol, false), InlineData(InitiativeStage.Ethics, false)]
    [
        InlineData(InitiativeStage.Agreements, false),
        InlineData(InitiativeStage.Funding, false),
        InlineData(InitiativeStage.Recruiting, true)
    ]
    [InlineData(InitiativeStage.Analysis, true), InlineData(InitiativeStage.Published, true), InlineData(InitiativeStage.Closed, false)]
    public void From_recruiting_on_each_site_needs_a_granted_ethics_approval(InitiativeStage stage, bool needed)
    {
        var one = Done(Begun, Approval(North), Approval(South, ApprovalState.Asked));
        if (needed)
            Assert.Equal(("research.no-ethics", "stage"), Fault(one, Profile with { Stage = stage }));
        else
            Done(one, Profile with { Stage = stage });
        Done(one, Approval(South), Profile with { Stage = stage });
        Done(one, Profile with { Stage = stage, Sites = [North] }, Approval(North), Approval(South) with { Site = North });
    }

    [Fact]
    public void A_granted_approval_stays_while_people_take_part_and_a_new_site_needs_one()
    {
        var recruiting = Done(Begun, Approval(North), Approval(South), Profile with { Stage = InitiativeStage.Recruiting });
        Assert.Equal(("research.no-ethics", "stage"), Fault(recruiting, Approval(South, ApprovalState.Refused)));
        Assert.Equal(("research.no-ethics", "stage"), Fault(recruiting, recruiting.Profile with { Sites = [North, South, new("east")] }));
        Done(recruiting, Approval(South, ApprovalState.Refused), Profile);
    }

    [Fact]
    public void An_approval_is_for_a_site_of_the_initiative() =>
        Assert.Equal(("research.not-a-site", "site"), Fault(Begun, Approval(new("east"))));

    [Fact]
    public void Shared_infrastructure_is_offered_by_a_hospital_or_by_a_partner()
    {
        SharedResource By(HospitalId? hospital, PartnerId? partner) =>
            new("r", ResourceKind.Biobank, new("Samples"), hospital, partner, "Ask us");
        Done(Begun, By(North, null));
        Done(Begun, By(null, new("asan")));
        Assert.Equal(("research.one-offers", "hospital"), Fault(Begun, By(null, null)));
        Assert.Equal(("research.one-offers", "partner"), Fault(Begun, By(North, new("asan"))));
    }

    [Theory, InlineData(-25, false), InlineData(-24, true), InlineData(0, true), InlineData(23.99, true), InlineData(24, false)]
    public void A_proposal_is_taken_from_the_opening_of_its_call_until_it_closes(double hours, bool taken)
    {
        var open = Done(Begun, Call);
        if (taken)
            Done(open, Proposal(Other, hours));
        else
            Assert.Equal(("research.call-not-open", "submitted"), Fault(open, Proposal(Other, hours)));
    }

    [Fact]
    public void A_proposal_belongs_to_a_call_and_keeps_it_open_at_its_time()
    {
        Assert.Equal(("record.unknown-reference", "call"), Fault(Begun, Proposal(Other)));
        var sent = Done(Begun, Call, Proposal(Other));
        Assert.Equal(("research.call-not-open", "submitted"), Fault(sent, Call with { Closes = Noon.AddHours(-1) }));
        var removed = RecordRules.Decide(sent, new(Guid.NewGuid(), [new(((IRecord)Call).Record, null)]));
        Assert.Equal("record.unknown-reference", Assert.Single(removed.Faults).Code);
    }

    private static string? Code(Actor actor, Initiative before, IRecord value) =>
        ResearchRules.FaultsOf(actor, before, Put(before, value).Changes).Select(f => f.Code).SingleOrDefault();

    [Fact]
    public void Only_the_owner_of_a_task_or_a_lead_marks_it_done()
    {
        var task = new ResearchTask("t", "Write the leaflet", Owner);
        var before = Done(Begun, task);
        var done = task with { Done = Today };
        foreach (var person in new[] { Owner, Lead, PartnerLead })
            Assert.Null(Code(As(person), before, done));
        Assert.Null(Code(As(Other, Role.ResearchLead), before, done));
        foreach (var role in new[] { Role.Coordinator, Role.Consultant, Role.Registrar, Role.Auditor })
            Assert.Equal("research.not-yours", Code(As(Other, role), before, done));
        // Neither does a person who takes the task over in the same change, or who enters it as done.
        Assert.Equal("research.not-yours", Code(As(Other), before, done with { Owner = Other }));
        Assert.Equal("research.not-yours", Code(As(Other), before, done with { Id = "u" }));
        Assert.Equal("research.not-yours", Code(As(Other), Done(Begun, done), task));
        Assert.Null(Code(As(Other), before, task with { Title = "Write it again" }));
    }

    [Fact]
    public void Nobody_decides_about_the_own_proposal_and_a_decided_proposal_stays()
    {
        var sent = Done(Begun, Call, Proposal(Owner));
        var decision = new ProposalDecision("proposal", ProposalOutcome.Accepted, Lead, Noon);
        Assert.Equal("research.own-proposal", Code(As(Owner, Role.ResearchLead), sent, decision));
        Assert.Null(Code(As(Lead), sent, decision));
        var decided = Done(sent, decision);
        Assert.Equal("research.decided", Code(As(Lead), decided, Proposal(Owner) with { Title = "Another idea" }));
        Assert.Null(Code(As(Lead), decided, decision with { Outcome = ProposalOutcome.Declined }));
    }

    [Fact]
    public void Texts_and_lists_have_limits()
    {
        var x = new string('x', 501);
        Assert.Equal(("record.too-long", "aims.en"), Fault(Begun, Profile with { Aims = new(x) }));
        Assert.Equal(
            ("record.too-many", "sites"),
            Fault(Begun, Profile with { Sites = [.. Enumerable.Range(0, 21).Select(i => new HospitalId($"h{i}"))] })
        );
        var open = Done(Begun, Call);
        Assert.Equal(("record.too-long", "summary"), Fault(open, Proposal(Other) with { Summary = x }));
        Assert.Equal(("record.required", "summary"), Fault(open, Proposal(Other) with { Summary = null }));
        var many = Enumerable.Range(0, 201).Select(i => (IRecord)Milestone($"m{i}", i)).ToArray();
        Assert.Equal("record.too-many", Assert.Single(Put(Begun, many).Faults).Code);
    }
}
