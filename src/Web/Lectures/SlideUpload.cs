using System.Buffers;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace ConsultHub.Web.Lectures;

/// <summary>Takes a PDF from a request into a file that is gone when this is disposed of, and looks into it before anybody else does.</summary>
internal sealed class SlideUpload : IDisposable
{
    public const int TooManyBytes = 50 * 1024 * 1024, MostPages = 2_000;

    /// <summary>A file that is made to be slow to read keeps nobody waiting longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Reading one takes its size in memory.</summary>
    private static readonly SemaphoreSlim AtOnce = new(2);

    public FileInfo File { get; } = new(Path.GetTempFileName());

    /// <returns>The code of what is wrong with it, or the number of its pages.</returns>
    public async Task<(string? Code, int Pages)> TakeAsync(Stream body, CancellationToken cancel)
    {
        if (!await CopyAsync(body, cancel)) return ("lecture.slides-too-large", 0);
        await AtOnce.WaitAsync(cancel); // only now, so that a slow sender keeps nobody else waiting
        try
        {
            return await Task.Run(Look, cancel).WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            return ("lecture.slides-broken", 0);
        }
        finally
        {
            AtOnce.Release();
        }
    }

    private async Task<bool> CopyAsync(Stream body, CancellationToken cancel)
    {
        await using var file = File.Open(FileMode.Create, FileAccess.Write);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (file.Length + count > TooManyBytes) return false;
                await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return true;
    }

    private (string? Code, int Pages) Look()
    {
        try
        {
            using var file = File.OpenRead();
            Span<byte> head = stackalloc byte[5];
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.SequenceEqual("%PDF-"u8)) return ("lecture.slides-not-pdf", 0);
            file.Position = 0;
            using var document = PdfDocument.Open(file);
            return document.NumberOfPages switch { < 1 => ("lecture.slides-broken", 0), > MostPages => ("lecture.slides-too-many-pages", 0), var pages => (null, pages) };
        }
        catch (PdfDocumentEncryptedException)
        {
            return ("lecture.slides-encrypted", 0);
        }
        catch (Exception e) when (e is not OutOfMemoryException) // a reader of files from outside fails in many ways; each means that the file is no good
        {
            return ("lecture.slides-broken", 0);
        }
    }

    public void Dispose() => File.Delete();
}
