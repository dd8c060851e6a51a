namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>Kinds of scenes that are harder than a subject in the middle of a plain backdrop; each makes a scene of any square texture.</summary>
public static class HardScenes
{
    public static readonly IReadOnlyDictionary<string, Func<Pixels, Scene>> Kinds = new Dictionary<string, Func<Pixels, Scene>>(StringComparer.Ordinal)
    {
        ["linear gradient"] = texture => Plain(texture, Mattes.Shapes["blob"], "linear gradient"),
        ["radial gradient"] = texture => Plain(texture, Mattes.Shapes["bottle"], "radial gradient"),
        ["vignette"] = texture => Plain(texture, Mattes.Shapes["cog"], "vignette"),
        ["floor and wall"] = texture => Plain(texture, HardMattes.Shapes["egg"], "floor and wall"),
        ["paper"] = texture => Plain(texture, Mattes.Shapes["blob"], "paper"),
        ["cloth"] = texture => Plain(texture, Mattes.Shapes["cog"], "cloth"),
        ["soft cast shadow"] = texture => Shadowed(texture, Mattes.Shapes["blob"], (34, 26, 12)),
        ["soft shadow under it"] = Standing,
        ["soft shadow, floor and wall"] = StandingBeforeWall,
        ["two apart"] = texture => Plain(texture, HardMattes.Shapes["two apart"], "vignette"),
        ["three, one cut by the frame"] = texture => Plain(texture, HardMattes.Shapes["three, one cut by the frame"], "linear gradient"),
        ["four, one small"] = texture => Plain(texture, HardMattes.Shapes["four, one small"], "paper"),
        ["cut by the lower border"] = texture => Plain(texture, HardMattes.Shapes["cut by the lower border"], "vignette"),
        ["cut by the left border"] = texture => Plain(texture, HardMattes.Shapes["cut by the left border"], "linear gradient"),
        ["cut by two borders"] = texture => Plain(texture, HardMattes.Shapes["cut by two borders"], "radial gradient"),
        ["strands"] = texture => Plain(texture, HardMattes.Shapes["strands"], "vignette"),
        ["fur"] = texture => Plain(texture, HardMattes.Shapes["fur"], "paper"),
        ["motion blur"] = Moving,
        ["hard cast shadow"] = texture => Shadowed(texture, Mattes.Shapes["blob"], (46, 30, 1)),
        ["glossy table"] = Mirrored,
    };

    private static Scene Plain(Pixels texture, Func<double, double, bool> shape, string backdrop)
        => new(texture, Mattes.Draw(shape, texture.Width), HardBackdrops.Kinds[backdrop]);

    private static Scene Shadowed(Pixels texture, Func<double, double, bool> shape, (int X, int Y, int Blur) shift)
    {
        var matte = Mattes.Draw(shape, texture.Width);
        return new(texture, matte, Shade.Cast(Backdrops.Kinds["grey gradient"], matte, shift));
    }

    private static Scene Standing(Pixels texture)
        => new(texture, Mattes.Draw(Mattes.Shapes["bottle"], texture.Width), Shade.Pool(Backdrops.Kinds["white"], (0, 0.8f), (0.5f, 0.12f)));

    private static Scene StandingBeforeWall(Pixels texture)
        => new(texture, Mattes.Draw(HardMattes.Shapes["egg"], texture.Width), Shade.Pool(HardBackdrops.Kinds["floor and wall"], (0.05f, 0.62f), (0.5f, 0.1f)));

    private static Scene Moving(Pixels texture)
    {
        var matte = Mattes.Draw(Mattes.Shapes["blob"], texture.Width);
        return new(texture, Mattes.Blurred(matte, 7, 1), HardBackdrops.Kinds["linear gradient"]);
    }

    private static Scene Mirrored(Pixels texture)
    {
        var matte = Mattes.Draw(HardMattes.Shapes["egg"], texture.Width);
        return new(texture, matte, Shade.Mirrored(Backdrops.Kinds["grey gradient"], (texture, matte), 0.6f));
    }
}
