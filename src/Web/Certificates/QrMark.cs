using QRCoder;
using SkiaSharp;

namespace ConsultHub.Web.Certificates;

/// <summary>Draws a QR code (ISO/IEC 18004) as shapes, so that it is sharp at any resolution.</summary>
internal static class QrMark
{
    /// <summary>
    /// Uses correction level M: about 15 % of the code may be hidden, by a fold or a stamp. The size includes the empty border around the
    /// code (the quiet zone).
    /// </summary>
    public static void Draw(SKCanvas canvas, string content, float x, float y, float size)
    {
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M, forceUtf8: false);
        var modules = code.ModuleMatrix;
        var module = size / modules.Count;
        using var shapes = new SKPathBuilder();
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; column++)
            {
                if (!modules[row][column])
                    continue;
                var end = column;
                while (end < modules.Count && modules[row][end])
                    end++;
                shapes.AddRect(SKRect.Create(x + (column * module), y + (row * module), (end - column) * module, module));
                column = end;
            }
        }
        using var path = shapes.Detach();
        using var black = new SKPaint { Color = SKColors.Black };
        canvas.DrawPath(path, black);
    }
}
