using System.Net;
using System.Net.Http.Json;
using ConsultHub.Conferences;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Feeds;

namespace ConsultHub.Tests.Feeds;

public sealed class FeedTests(DemoHub hub)
{
    private static readonly string[] Sentence = ["SUMMARY:", "SEQUENCE:", "STATUS:"];

    [Fact]
    public async Task A_calendar_link_serves_its_owners_sessions_until_it_is_renewed_or_deleted()
    {
        using var attendee = await hub.SignInAsync("p-attendee");
        using var nobody = Caller.Nobody(hub.Address);
        var session = (await hub.Coordinator.GetTopicAsync("conference/demo-congress"))
            .Items.OfType<ConferenceSession>()
            .First(s => s.Start is not null);
        (await attendee.Http.PutAsync($"api/conferences/demo-congress/favourites/{session.Id}", null)).EnsureSuccessStatusCode();

        var first = await RenewAsync(attendee);
        // the secret is shown only when the link is created
        Assert.Equal(new FeedsApi.FeedLink(true), await attendee.GetAsync<FeedsApi.FeedLink>("api/feed"));
        using var answer = await nobody.Http.GetAsync(first);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"UID:{session.Id}.demo-congress@session.consult-hub", text, StringComparison.Ordinal);
        Assert.Contains("TZID:Asia/Dubai", text, StringComparison.Ordinal);
        Assert.Equal(text, await nobody.Http.GetStringAsync(first)); // nothing has changed, so the calendar is the same

        var second = await RenewAsync(attendee);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.Http.GetAsync(first)).StatusCode);
        (await nobody.Http.GetAsync(second)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NoContent, (await attendee.Http.DeleteAsync("api/feed")).StatusCode);
        var (status, problem) = await Caller.ProblemAsync(await nobody.Http.GetAsync(second));
        Assert.Equal((HttpStatusCode.NotFound, "feed.unknown"), (status, problem.Code));
        Assert.Equal(new FeedsApi.FeedLink(false), await attendee.GetAsync<FeedsApi.FeedLink>("api/feed"));
        await attendee.Http.DeleteAsync($"api/conferences/demo-congress/favourites/{session.Id}");
    }

    [Fact]
    public async Task A_cancelled_engagement_is_cancelled_in_the_consultants_calendar_with_a_higher_sequence_number()
    {
        var hospital = (await hub.Coordinator.HospitalsAsync())[0];
        var me = (await hub.Coordinator.ConsultantsAsync()).First(c =>
            c.Affiliation is not null && c.Credentials.Any(k => k.Hospital == hospital.Id)
        );
        using var consultant = await hub.SignInAsync(me.Id.Value);
        var week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(14)); // a feed covers the next 12 weeks, so also this one
        var id = new EngagementId($"e-feed-{Guid.NewGuid():N}");
        await hub.Coordinator.DoAsync(
            week,
            Engagements.Plan(week, id.Value, hospital.Id.Value) with
            {
                Title = "Rounds, and questions",
                Consultants = [me.Id],
                Specialty = me.Credentials.First(k => k.Hospital == hospital.Id).Specialty,
                CaseReference = "secret-case",
                Reason = "A test.",
            }
        );
        using var nobody = Caller.Nobody(hub.Address);
        var link = await RenewAsync(consultant);
        var planned = await nobody.Http.GetStringAsync(link);
        Assert.Equal(["SEQUENCE:0", "SUMMARY:Rounds\\, and questions", "STATUS:TENTATIVE"], Lines(planned, id));
        Assert.DoesNotContain("secret-case", planned, StringComparison.Ordinal);
        await hub.Coordinator.DoAsync(
            week,
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = id,
                Reason = "A test.",
            }
        );
        await Eventually.Async(async () => Lines(await nobody.Http.GetStringAsync(link), id) is ["SEQUENCE:1", _, "STATUS:CANCELLED"]);
    }

    private static List<string> Lines(string calendar, EngagementId id)
    {
        var from = calendar.IndexOf($"UID:{id}", StringComparison.Ordinal);
        Assert.True(from >= 0, calendar);
        return
        [
            .. calendar[from..calendar.IndexOf("END:VEVENT", from, StringComparison.Ordinal)]
                .Split("\r\n")
                .Where(l => Sentence.Any(s => l.StartsWith(s, StringComparison.Ordinal))),
        ];
    }

    private static async Task<string> RenewAsync(Caller caller)
    {
        using var answer = await caller.Http.PostAsync("api/feed", null);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<FeedsApi.FeedLink>(HubJson.Options))!.Path!;
    }
}
