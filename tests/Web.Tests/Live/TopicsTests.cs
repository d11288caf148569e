using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Inboxes;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.Hosting;

namespace ConsultHub.Tests.Live;

public sealed class TopicsTests
{
    [Fact]
    public async Task The_hub_does_not_start_if_two_kinds_of_topics_have_the_same_name()
    {
        await using var hub = new InProcessHub { With = builder => builder.ConfigureServices(services => services.AddTopic<InboxTopic>()) };
        var fault = Assert.Throws<InvalidOperationException>(() => hub.Services);
        Assert.Equal("Two kinds of topics have the name inbox.", fault.Message);
    }
}
