namespace IdentityGraph.Interop.Pictures;

/// <summary>Folds a picture until its drawing fits a page: siblings become one box that says how many, and no further than is needed.</summary>
public static class Fitting
{
    /// <param name="picture">What is to be drawn.</param>
    /// <param name="readable">Above so many boxes, ends that are alike become bundles in any case.</param>
    /// <param name="most">Never more boxes than this; at least 30.</param>
    /// <returns>A drawing that fits, or where siblings are one and it still does not, the one with the fewest boxes.</returns>
    public static Drawing Of(Picture picture, int readable, int most)
    {
        var drawing = Drawing.Of(Folding.Fold(picture, readable, most));
        foreach (var step in Folding.Siblings)
        {
            if (drawing.Fits)
            {
                break;
            }

            var folded = step(drawing.Picture);
            drawing = folded.Boxes.Count < drawing.Picture.Boxes.Count ? Drawing.Of(folded) : drawing;
        }

        return drawing;
    }
}
