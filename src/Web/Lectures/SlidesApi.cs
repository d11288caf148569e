using ConsultHub.Lectures;
using ConsultHub.Web.Lectures;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ConsultHub.Web.Lectures;

/// <summary>A lecture's slides: uploads a PDF and returns the same file, whole or in ranges.</summary>
public static class SlidesApi
{
    private const string Pdf = "application/pdf";
    private const int MostDecks = 20,
        LongestName = 120;

    internal static void MapSlides(this IEndpointRouteBuilder lecture)
    {
        // The upload limits the size itself, to answer with its own code.
        lecture
            .MapPost("/slides", UploadAsync)
            .Requires(Access.InRoom(LectureActions.Watch))
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .Accepts<Stream>(Pdf);
        lecture.MapGet("/slides/{deck:guid}", ReadAsync).Requires(Access.InRoom(LectureActions.Watch)).Produces<Stream>(200, Pdf);
    }

    /// <summary>Uploads a deck and shows its first page. Speakers and hosts may do so.</summary>
    /// <param name="commandId">Chosen by the client. It is also the deck's id.</param>
    /// <param name="name">The name of the file.</param>
    private static async Task<Results<Ok<LectureDone>, ProblemHttpResult>> UploadAsync(
        SessionId session,
        Guid commandId,
        HttpContext http,
        IGrainFactory grains,
        ISlideFiles files,
        string name = ""
    )
    {
        if (commandId == Guid.Empty)
            return Problems.Of(RequestCodes.BadParameter, "A command id is a GUID chosen by the client.", "commandId");
        var caller = await LecturesApi.CallerAsync(session, null, Viewer.Of(http), grains);
        if (!caller.Is(LectureRole.Speaker) && !caller.Is(LectureRole.Host))
            return Problems.Of(LectureCodes.NotAllowed, "Only speakers and hosts may upload slides.");
        if (await files.CountAsync(session) >= MostDecks)
            return Problems.Of(LectureCodes.Full, $"A lecture has at most {MostDecks} decks.");
        if (http.Request.ContentLength > SlideUpload.TooManyBytes)
            return TooLarge();
        using var upload = new SlideUpload();
        var (code, pages) = await upload.TakeAsync(http.Request.Body, http.RequestAborted);
        if (code is not null)
            return Problems.Of(
                code,
                $"Slides are one PDF of at most {SlideUpload.TooManyBytes >> 20} MB "
                    + $"and {SlideReader.MostPages} pages that opens without a password."
            );
        // A repeated upload finds its deck already stored.
        if (await files.OpenAsync(session, commandId) is { } known)
            await known.DisposeAsync();
        else
            await files.PutAsync(session, commandId, upload.File);
        var deck = new SlideDeck(commandId, new string([.. name.Where(c => !char.IsControl(c)).Take(LongestName)]), pages);
        return LecturesApi.Answer(await grains.Lecture(session).DecideAsync(caller, new SetSlides { CommandId = commandId, Deck = deck }));
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        SessionId session,
        Guid deck,
        HttpContext http,
        ISlideFiles files
    )
    {
        if (await files.OpenAsync(session, deck) is not { } file)
            return Problems.Of(SlideCodes.UnknownDeck, "There are no such slides.", "deck");
        http.Response.Headers.CacheControl = "private, max-age=86400, immutable"; // a deck never changes
        return TypedResults.Stream(file, Pdf, enableRangeProcessing: true);
    }

    private static ProblemHttpResult TooLarge() =>
        Problems.Of(SlideCodes.TooLarge, $"Slides have at most {SlideUpload.TooManyBytes >> 20} MB.");
}
