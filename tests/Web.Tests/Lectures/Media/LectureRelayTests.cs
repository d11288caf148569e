using System.Collections.Immutable;
using System.Reflection;
using ConsultHub.Lectures.Media;
using ConsultHub.Live;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Live;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>A web node knows all speakers, in whatever order the grain's answers and its one-way calls arrive.</summary>
public sealed class LectureRelayTests
{
    private static readonly MediaSource Speaker = new(7, new("p-speaker"), DateTimeOffset.UnixEpoch, [0, 8]);

    [Fact]
    public async Task A_speaker_who_is_announced_before_an_older_answer_arrives_stays_known()
    {
        var relay = RelayOf(
            new Media
            {
                Observe = async observer =>
                {
                    await observer.SourcesAsync([Speaker]);
                    return new([], []);
                },
            }
        );
        await relay.RenewAsync();
        Assert.Equal([Speaker], relay.Sources);
    }

    [Fact]
    public async Task A_speaker_whose_announcement_was_lost_is_known_after_the_next_renewal()
    {
        var media = new Media { Observe = _ => Task.FromResult<MediaPicture?>(new([], [])) };
        var relay = RelayOf(media);
        await relay.RenewAsync();
        Assert.Empty(relay.Sources);

        media.Observe = _ => Task.FromResult<MediaPicture?>(null); // the grain already knows the node
        media.Sources = [Speaker];
        await relay.RenewAsync();
        Assert.Equal([Speaker], relay.Sources);
        media.Sources = [];
        await relay.RenewAsync();
        Assert.Empty(relay.Sources);
    }

    private static LectureRelay RelayOf(Media media)
    {
        var grains = DispatchProxy.Create<IGrainFactory, Factory>();
        ((Factory)(object)grains).Media = media;
        return new(
            new("s-1"),
            new Replica(DispatchProxy.Create<ILiveAuthority, Factory>(), grains, TimeProvider.System),
            grains,
            TimeProvider.System
        );
    }

    /// <summary>Returns the same grain for every key. Returns an observer itself as the reference to that observer.</summary>
    public class Factory : DispatchProxy
    {
        public object? Media { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name switch
            {
                nameof(IGrainFactory.GetGrain) => Media,
                nameof(IGrainFactory.CreateObjectReference) => args![0],
                _ => throw new NotSupportedException(targetMethod.Name),
            };
    }

    /// <summary>A media grain whose answers the test chooses.</summary>
    private sealed class Media : ILectureMediaGrain
    {
        public required Func<ILectureMediaObserver, Task<MediaPicture?>> Observe { get; set; }

        public ImmutableArray<MediaSource> Sources { get; set; } = [];

        public Task<MediaPicture?> ObserveAsync(ILectureMediaObserver observer) => Observe(observer);

        public Task<ImmutableArray<MediaSource>> SourcesAsync() => Task.FromResult(Sources);

        public Task<MediaSource> BeginAsync(PersonId person, ImmutableArray<byte> tracks) => throw new NotSupportedException();

        public Task SwitchAsync(uint publication, ImmutableArray<byte> tracks) => throw new NotSupportedException();

        public Task<bool> PushAsync(uint publication, MediaPacket packet) => throw new NotSupportedException();

        public Task EndAsync(uint publication) => throw new NotSupportedException();

        public Task UnobserveAsync(ILectureMediaObserver observer) => throw new NotSupportedException();
    }
}
